// What orders asks of products, by signed calls past the gateway.
import { type InternalClient } from "@tradegraph/kit/internal-client";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type OrderLine } from "./order-input.ts";
import { type Offer } from "./order-pricing.ts";

export interface Shortage {
  productId: string;
  requested: number;
  available: number;
}

export interface ProductsService {
  /** One offer for each line, at the prices agreed with the buyer's company. */
  offers: (lines: readonly OrderLine[]) => Promise<Offer[]>;
  /** @returns what is short; nothing is set aside then. Repeating a key reserves nothing twice. */
  reserve: (reservation: { key: string; expiresAt: Date; lines: readonly OrderLine[] }) => Promise<Shortage[]>;
  release: (key: string) => Promise<void>;
}

const offersQuery = /* GraphQL */ `
  query OrdersOffers($lines: [ProductOfferInput!]!) {
    productOffers(lines: $lines) {
      productId
      isAvailable
      sku
      name
      supplierId
      unitPrice {
        amount: amountMinor
        currency: currencyCode
      }
      quantityRule {
        minimum
        maximum
        increment
      }
    }
  }
`;

const reserveMutation = /* GraphQL */ `
  mutation OrdersReserve($input: StockReserveInput!) {
    stockReserve(input: $input) {
      shortages {
        productId
        requested
        available
      }
    }
  }
`;

const releaseMutation = /* GraphQL */ `
  mutation OrdersRelease($key: String!) {
    stockRelease(key: $key) {
      units
    }
  }
`;

/** Bound to one request: the buyer's company decides the prices, the request id links the logs. */
export function createProductsService(client: InternalClient, buyer: Viewer, requestId: string): ProductsService {
  const { tenantId, userId, companyId } = buyer;
  const viewer: Viewer = { tenantId, role: "service", scopes: ["stock"], userId, companyId };
  const call = <T>(query: string, variables: Record<string, unknown>) =>
    client.call<T>({ query, variables, viewer, requestId });
  return {
    async offers(lines) {
      const { productOffers } = await call<{ productOffers: Offer[] }>(offersQuery, { lines });
      return productOffers;
    },
    async reserve(input) {
      const { stockReserve } = await call<{ stockReserve: { shortages: Shortage[] } }>(reserveMutation, { input });
      return stockReserve.shortages;
    },
    async release(key) {
      await call(releaseMutation, { key });
    },
  };
}
