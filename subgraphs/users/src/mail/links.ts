/** Pages of the storefront that messages lead to. */
export interface Links {
  verifyEmail: (token: string) => string;
  passwordReset: (token: string) => string;
  invitation: (token: string) => string;
}

/**
 * The token stands behind `#`: browsers keep that part to themselves, so it is in no server's log and in no `Referer`.
 * The page reads it and sends it as a variable of the mutation.
 *
 * @param publicUrl address of the storefront
 * @example createLinks("https://shop.example").verifyEmail("abc") // https://shop.example/verify-email#token=abc
 */
export function createLinks(publicUrl: string): Links {
  const to = (page: string) => (token: string) =>
    `${publicUrl.replace(/\/+$/, "")}/${page}#token=${encodeURIComponent(token)}`;
  return { verifyEmail: to("verify-email"), passwordReset: to("reset-password"), invitation: to("accept-invitation") };
}
