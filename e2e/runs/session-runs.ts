import { demoLogins } from "@tradegraph/users/demo-accounts";
import { noted, type OperationRun, type Stage } from "./operation-run.ts";
import { callerWith } from "./run-operations.ts";

interface Tokens {
  accessToken: string;
  refreshToken: string;
}

/** Signing in, staying signed in, and out. */
export function sessionRuns({ shop, graph }: Stage): OperationRun[] {
  const buyer = demoLogins(shop.plan).find(({ label }) => label === "buyer");
  const input = { email: buyer?.email, password: graph.graph.secrets.demoPassword };
  const note = (name: string, { notes }: Stage, { accessToken, refreshToken }: Tokens) => {
    notes.set(`${name} access token`, accessToken);
    notes.set(`${name} refresh token`, refreshToken);
  };
  const signIn = (name: string): OperationRun => ({
    operation: "storefront/Login",
    variables: { input },
    after: (data, stage) => {
      note(name, stage, data.login as Tokens);
    },
  });
  const here = (stage: Stage) => Promise.resolve(callerWith(stage, noted(stage, "here access token")));
  return [
    signIn("here"),
    signIn("there"),
    {
      operation: "storefront/TokenRefresh",
      variables: (stage) => ({ input: { refreshToken: noted(stage, "here refresh token") } }),
      after: (data, stage) => {
        note("here", stage, data.tokenRefresh as Tokens);
      },
    },
    { operation: "storefront/TokenRefresh", variables: { input: { refreshToken: "nonsense" } } },
    {
      operation: "storefront/Sessions",
      as: here,
      after: (data, { notes }) => {
        const other = (data.sessions as { id: string; isCurrent: boolean }[]).find(({ isCurrent }) => !isCurrent);
        notes.set("session to end", other?.id ?? "");
      },
    },
    {
      operation: "storefront/SessionRevoke",
      as: here,
      variables: (stage) => ({ id: noted(stage, "session to end") }),
    },
    { operation: "storefront/SessionRevoke", as: here, variables: { id: "nonsense" } },
    { operation: "storefront/Logout", as: here },
  ];
}
