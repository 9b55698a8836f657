import { type ApolloServerPlugin, type BaseContext } from "@apollo/server";
import { type CacheAnswer } from "./cache-answer.ts";
import { trackedScope, type TrackedRequest } from "./read-scope.ts";

/** Puts what each part of an answer has read into its extensions, for requests whose reads are noted. */
export function cacheAnswers<C extends BaseContext>(): ApolloServerPlugin<C> {
  return {
    requestDidStart: () => {
      const request = trackedScope()?.request;
      if (!request) return Promise.resolve();
      return Promise.resolve({
        willSendResponse({ response, operation }) {
          if (response.body.kind !== "single" || operation?.operation !== "query") return Promise.resolve();
          const { singleResult } = response.body;
          if (singleResult.data)
            singleResult.extensions = { ...singleResult.extensions, ...answerOf(request, singleResult.data) };
          return Promise.resolve();
        },
      });
    },
  };
}

function answerOf(request: TrackedRequest, data: Record<string, unknown>): CacheAnswer {
  const { [request.entitiesName ?? ""]: entities, ...fields } = data;
  const tagsOf = (part: { result: () => string[] | null }) => (request.isUnknown ? null : part.result());
  if (Array.isArray(entities))
    return { apolloEntityCacheTags: entities.map((_, index) => tagsOf(request.entity(index))) };
  return {
    cacheTagsByField: Object.fromEntries(Object.keys(fields).map((name) => [name, tagsOf(request.field(name))])),
  };
}
