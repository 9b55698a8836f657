// How often somebody may ask. In front of the cache, so that its answers count too: for most of them points are at hand,
// and the step costs less than a microsecond.
import { type PromiseOrValue, whenDone, whenSettled } from "../promise-or-value.ts";
import { type Bucket, type BucketTable } from "../rate-limit/bucket.ts";
import { type Decide } from "../rate-limit/decision.ts";
import { type Leases, type Taking } from "../rate-limit/leases.ts";
import { type LimitedClass } from "../rate-limit/rate-limit-metrics.ts";
import { neverFits, rateLimitHeaders } from "../rate-limit/rate-limit-refusals.ts";
import { createPlaces, fitting, type PlaceTables, takeAtPlace } from "../rate-limit/places.ts";
import { createSignInReader, type SignInUse } from "../rate-limit/sign-in-fields.ts";
import { type RequestScope, type ThrottleStatus } from "../request-scope.ts";
import { type NextOperation, type OperationAnswer, type OperationRequest, type OperationStep } from "./steps.ts";

export interface RateLimitStepOptions {
  tables: Record<"visitor" | "signIn", PlaceTables> & Record<"user" | "partner" | "account", BucketTable>;
  leases: Leases;
  decide: Decide;
  /** Otherwise nobody is told about limits: they are none. */
  isEnforced: boolean;
  /** What an operation may cost, in points. */
  costOf?: ((request: OperationRequest) => number | undefined) | undefined;
}

/**
 * Whether any of it has run: an answer without `data` is refused before (GraphQL specification, section 7.1), such as for
 * its variables. Inside JSON's texts these quotes would be escaped.
 */
const hasRun = ({ status, body }: OperationAnswer): boolean => status < 400 || body.includes('"data":');

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
  const placeOf = createPlaces();
  const tell = (scope: RequestScope, bucket: Bucket) => {
    if (!isEnforced) return;
    const remaining = leases.remaining(bucket);
    scope.ownHeaders = () => rateLimitHeaders(remaining, bucket);
  };

  const noteOne = (scope: RequestScope, limited: LimitedClass, bucket: Bucket, taking: Taking): void => {
    const { userId, partnerId } = scope.viewer;
    decide({ limited, bucket, taking, what: "requests", who: partnerId ?? userId });
    tell(scope, bucket);
  };
  const countVisitor = (scope: RequestScope): PromiseOrValue<void> => {
    const taken = takeAtPlace(leases, tables.visitor, placeOf(scope.viewer.address), 1);
    if (!(taken instanceof Promise)) return noteOne(scope, "visitor", taken.bucket, taken.taking);
    return taken.then(({ bucket, taking }) => {
      noteOne(scope, "visitor", bucket, taking);
    });
  };
  /** One request is one point. @throws GraphQLError 429 */
  const countOne = (scope: RequestScope): PromiseOrValue<void> => {
    const { userId, partnerId } = scope.viewer;
    scope.isCounted = true;
    if (partnerId === undefined && userId === undefined) return countVisitor(scope);
    const [limited, bucket] =
      partnerId === undefined
        ? (["user", tables.user.of(userId as string)] as const)
        : (["partner", tables.partner.of(partnerId)] as const);
    return whenDone(leases.take(bucket, 1), (taking) => {
      noteOne(scope, limited, bucket, taking);
    });
  };

  /** @throws what it was refused with, or GraphQLError 429 */
  const countRefused = (scope: RequestScope, error: unknown): PromiseOrValue<never> => {
    if (scope.isCounted) throw error;
    return whenDone(countOne(scope), () => {
      throw error;
    });
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
        () => limitSignIns(request, next),
        (answer) => {
          settle(hasRun(answer) ? (scope.cost?.actual ?? cost) : 1);
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

  /**
   * By address, and by user who is signed in. Not by the account that is named: whoever fills such a bucket keeps its
   * owner out, and only users knows which passwords were wrong and from where the owner comes.
   */
  const signIn = async ({ viewer }: RequestScope, { group, count }: SignInUse): Promise<void> => {
    const { tenantId, userId, address } = viewer;
    const what = "tries of this kind";
    const { bucket, taking } = await takeAtPlace(leases, tables.signIn, placeOf(address), count, group);
    decide({ limited: "sign_in", bucket, taking, what });
    if (userId === undefined) return;
    const own = tables.account.of(`${group} ${tenantId} ${userId}`);
    decide({ limited: "account", bucket: own, taking: await leases.take(own, fitting(count, own)), what });
  };
  const signInAll = async (scope: RequestScope, uses: readonly SignInUse[]): Promise<void> => {
    for (const use of uses) await signIn(scope, use);
  };

  /** For those only who may go on. */
  const limitSignIns = (request: OperationRequest, next: NextOperation): PromiseOrValue<OperationAnswer> => {
    const uses = readSignIns(request);
    return uses.length === 0 ? next(request) : signInAll(request.scope, uses).then(() => next(request));
  };
  const step: OperationStep = (request, next) => {
    const { scope } = request;
    const { partnerId } = scope.viewer;
    if (partnerId !== undefined) return byCost(request, next, partnerId);
    const counted = countOne(scope);
    return counted instanceof Promise ? counted.then(() => limitSignIns(request, next)) : limitSignIns(request, next);
  };
  return {
    step,
    async takeOfPartner(partnerId, points) {
      const bucket = tables.partner.of(partnerId);
      const taking = await leases.take(bucket, Math.min(points, bucket.rate.capacity));
      decide({ limited: "partner", bucket, taking, what: "points of cost", who: partnerId });
      return isEnforced ? statusOf(bucket) : undefined;
    },
    around: (earlier) => (request, next) => {
      let answer: PromiseOrValue<OperationAnswer>;
      try {
        answer = earlier(request, next);
      } catch (error) {
        return countRefused(request.scope, error);
      }
      return answer instanceof Promise ? answer.catch((error: unknown) => countRefused(request.scope, error)) : answer;
    },
  };
}
