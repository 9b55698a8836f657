// How often somebody may ask. In front of the cache, so that its answers count too: for most of them points are at hand,
// and the step costs less than a microsecond.
import { networkOf } from "@tradegraph/kit/networks";
import { LRUCache } from "lru-cache";
import { type PromiseOrValue, whenDone, whenSettled } from "../promise-or-value.ts";
import { type Bucket, type BucketTable } from "../rate-limit/bucket.ts";
import { type Decide } from "../rate-limit/decision.ts";
import { type Leases, type Taking } from "../rate-limit/leases.ts";
import { neverFits, rateLimitHeaders } from "../rate-limit/rate-limit-refusals.ts";
import { createSignInReader, type SignInUse } from "../rate-limit/sign-in-fields.ts";
import { type RequestScope, type ThrottleStatus } from "../request-scope.ts";
import { type NextOperation, type OperationRequest, type OperationStep } from "./steps.ts";

export interface RateLimitStepOptions {
  tables: Record<"visitor" | "user" | "partner" | "signIn" | "account", BucketTable>;
  leases: Leases;
  decide: Decide;
  /** Otherwise nobody is told about limits: they are none. */
  isEnforced: boolean;
  /** What an operation may cost, in points. */
  costOf?: ((request: OperationRequest) => number | undefined) | undefined;
}

/** Of IPv6, whose networks take long to find. */
const rememberedAddresses = { max: 20_000 };

/** As users compares them; longer ones are no addresses. */
const accountOf = (email: string) => email.slice(0, 300).trim().normalize("NFKC").toLowerCase();

export interface RateLimitSteps {
  step: OperationStep;
  /** A step in front of this one, whose refusals count as requests. */
  around: (earlier: OperationStep) => OperationStep;
  /**
   * Takes points for what is no operation.
   *
   * @returns what the partner has left; undefined where nobody is refused
   * @throws GraphQLError 429
   */
  takeOfPartner: (partnerId: string, points: number) => Promise<ThrottleStatus | undefined>;
}

export function limitRate({ tables, leases, decide, isEnforced, costOf }: RateLimitStepOptions): RateLimitSteps {
  const readSignIns = createSignInReader();
  const networks = new LRUCache<string, string>(rememberedAddresses);
  const networkOfViewer = ({ viewer: { address } }: RequestScope): string => {
    if (!address?.includes(":")) return address ?? networkOf(undefined);
    const known = networks.get(address) ?? networkOf(address);
    networks.set(address, known);
    return known;
  };
  const tell = (scope: RequestScope, bucket: Bucket) => {
    if (isEnforced) scope.ownHeaders = rateLimitHeaders(leases, bucket);
  };

  /** One request is one point. */
  const countOne = <T>(scope: RequestScope, then: () => PromiseOrValue<T>): PromiseOrValue<T> => {
    const { userId, partnerId } = scope.viewer;
    const [limited, bucket] =
      partnerId !== undefined
        ? (["partner", tables.partner.of(partnerId)] as const)
        : userId === undefined
          ? (["visitor", tables.visitor.of(networkOfViewer(scope))] as const)
          : (["user", tables.user.of(userId)] as const);
    scope.isCounted = true;
    const go = (taking: Taking) => {
      decide({ limited, bucket, taking, what: "requests", who: partnerId ?? userId });
      tell(scope, bucket);
      return then();
    };
    return whenDone(leases.take(bucket, 1), go);
  };

  const statusOf = (bucket: Bucket): ThrottleStatus => ({
    maximumAvailable: bucket.rate.capacity,
    currentlyAvailable: leases.remaining(bucket),
    restoreRate: bucket.rate.perSecond,
  });
  /** What may be needed is taken first, and what was not needed comes back. */
  const byCost = (request: OperationRequest, next: NextOperation, partnerId: string) => {
    const { scope } = request;
    const bucket = tables.partner.of(partnerId);
    const { capacity } = bucket.rate;
    const estimated = Math.max(1, Math.ceil(costOf?.(request) ?? 1));
    if (estimated > capacity && isEnforced) throw neverFits(estimated, capacity);
    const cost = Math.min(estimated, capacity);
    scope.isCounted = true;
    const go = (taking: Taking) => {
      decide({ limited: "partner", bucket, taking, what: "points of cost", who: partnerId });
      let isSettled = taking === "refused";
      const settle = (actual: number) => {
        const isCheap = scope.cacheOutcome === "hit" || scope.cacheOutcome === "collapsed";
        if (!isSettled)
          leases.refund(bucket, cost - Math.min(cost, isCheap ? 1 : Math.max(1, Math.ceil(actual))), taking);
        isSettled = true;
        tell(scope, bucket);
        return isEnforced ? statusOf(bucket) : undefined;
      };
      scope.cost = { estimated, ...scope.cost, settle };
      tell(scope, bucket);
      return whenSettled(
        next,
        (answer) => {
          settle(scope.cost?.actual ?? cost);
          return answer;
        },
        (error) => {
          // Refused by a later step: nothing has run.
          settle(1);
          throw error;
        },
      );
    };
    return whenDone(leases.take(bucket, cost), go);
  };

  /** By address, and by account where one is named: either may be what is attacked. */
  const signIn = async (scope: RequestScope, { group, count, emails }: SignInUse): Promise<void> => {
    const { tenantId, userId } = scope.viewer;
    const what = "tries of this kind";
    const bucket = tables.signIn.of(`${group} ${networkOfViewer(scope)}`);
    decide({ limited: "sign_in", bucket, taking: await leases.take(bucket, count), what });
    const accounts = emails.length > 0 ? emails.map(accountOf) : userId === undefined ? [] : [userId];
    for (const account of accounts) {
      const own = tables.account.of(`${group} ${tenantId} ${account}`);
      decide({ limited: "account", bucket: own, taking: await leases.take(own, 1), what });
    }
  };
  const signInAll = async (scope: RequestScope, uses: readonly SignInUse[]): Promise<void> => {
    for (const use of uses) await signIn(scope, use);
  };

  const step: OperationStep = (request, next) => {
    const { scope } = request;
    const { partnerId } = scope.viewer;
    const limit = () => (partnerId === undefined ? countOne(scope, next) : byCost(request, next, partnerId));
    const uses = readSignIns(request);
    return uses ? signInAll(scope, uses).then(limit) : limit();
  };
  return {
    step,
    async takeOfPartner(partnerId, points) {
      const bucket = tables.partner.of(partnerId);
      const taking = await leases.take(bucket, Math.min(points, bucket.rate.capacity));
      decide({ limited: "partner", bucket, taking, what: "points of cost", who: partnerId });
      return isEnforced ? statusOf(bucket) : undefined;
    },
    around: (earlier) => (request, next) =>
      whenSettled(
        () => earlier(request, next),
        (answer) => answer,
        (error) => {
          if (request.scope.isCounted) throw error;
          return countOne(request.scope, () => {
            throw error;
          });
        },
      ),
  };
}
