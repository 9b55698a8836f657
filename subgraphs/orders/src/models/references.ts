// Things of other subgraphs, as this one knows them: by id, with the fields that `@requires` names.

export interface Reference {
  id: string;
}

/** `Money` as the gateway hands it over. */
export interface MoneyReference {
  amountMinor: number;
  currencyCode: string;
}

export interface CompanyReference extends Reference {
  creditLimit?: MoneyReference | null;
}

export interface MembershipReference extends Reference {
  user?: Reference | null;
  company?: Reference | null;
  /** The company of the membership itself, when it comes down from above. */
  inheritedFrom?: Reference | null;
  spendingPeriod?: "ORDER" | "MONTH" | "YEAR" | null;
  spendingLimit?: MoneyReference | null;
}

/** A reference to what an id names, null where there is none. */
export const reference = (id: { toHexString: () => string } | undefined): Reference | null =>
  id ? { id: id.toHexString() } : null;
