// What users and gateways agree on about the operations of partners.

/** Channel on which users tells gateways that the operations of a partner have changed; the message is the partner's id. */
export const partnerOperationsChannel = (namespace: string): string => `${namespace}:partner-operations`;
