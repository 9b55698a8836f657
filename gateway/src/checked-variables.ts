// Variables are checked before anything else looks at them, and the check stops soon: for each fault graphql-js writes the
// whole value down, so that a small request with thousands of faults would hold everybody up for seconds.
import { getVariableValues, type GraphQLError } from "graphql";
import { type Executor } from "./authorization/authorize-executor.ts";

/** Faults that are told; whoever mends them learns of the others. */
const maxErrors = 3;

/** @returns an executor that runs operations with right variables only, and answers others with what is wrong */
export function withCheckedVariables(execute: Executor): Executor {
  return async (context) => {
    const { operation, schema, request } = context;
    const definitions = operation?.variableDefinitions ?? [];
    if (definitions.length === 0) return execute(context);
    const { errors } = getVariableValues(schema, definitions, request.variables ?? {}, { maxErrors });
    // Without a place is only that there are more.
    return errors ? { errors: errors.filter(hasPlace) } : execute(context);
  };
}

const hasPlace = ({ nodes }: GraphQLError): boolean => nodes !== undefined;
