// Things of other subgraphs, as this one knows them: by id.

export interface Reference {
  id: string;
}

/** A cart line as the gateway hands it over, with the fields that `@requires` names. */
export interface CartLineReference {
  id: string;
  quantity?: number;
  product?: { id: string } | null;
}
