import { randomUUID } from "node:crypto";
import { tokenMailedTo } from "../mailbox.ts";
import { noted, type OperationRun, type Stage } from "./operation-run.ts";
import { callerWith } from "./run-operations.ts";

const address = { street: "Kai 1", city: "Hamburg", state: "HH", zip: "20457", country: "DE" };
const passwords = ["four quiet moss lamps", "five other moss lamps", "six further moss lamps"] as const;

/** The life of an account of its own, so that no demo account is changed. */
export function accountRuns({ graph }: Stage): OperationRun[] {
  const email = `life-${randomUUID().slice(0, 8)}@alpenmarkt.example`;
  const names = { firstName: "Ada", lastName: "New" };
  const note =
    (field: string): OperationRun["after"] =>
    (data, { notes }) => {
      const { accessToken, user } = data[field] as { accessToken: string; user: { id: string } };
      notes.set("account token", accessToken);
      notes.set("account id", user.id);
    };
  const self: OperationRun["as"] = (stage) => Promise.resolve(callerWith(stage, noted(stage, "account token")));
  const id = (stage: Stage) => noted(stage, "account id");
  const mailed = (page: string) => tokenMailedTo(graph.graph, email, page);
  const roleSet = (input: object): OperationRun => ({
    operation: "backoffice/UserRoleSet",
    as: "admin",
    variables: (stage) => ({ input: { id: id(stage), ...input } }),
  });
  const resetSend = (to: string): OperationRun => ({
    operation: "storefront/PasswordResetSend",
    variables: { email: to },
  });
  return [
    {
      operation: "storefront/UserRegister",
      variables: { input: { email, password: passwords[0], ...names } },
      after: note("userRegister"),
    },
    ...Array.from({ length: 4 }, (): OperationRun => ({ operation: "storefront/EmailVerificationSend", as: self })),
    { operation: "storefront/EmailVerify", variables: async () => ({ token: await mailed("verify-email") }) },
    { operation: "storefront/EmailVerify", variables: { token: "nonsense" } },
    { operation: "storefront/EmailVerificationSend", as: self },
    {
      operation: "storefront/UserUpdate",
      as: self,
      variables: { input: { firstName: "Adah", phone: "+49 40 555 0100", address } },
    },
    { operation: "storefront/UserUpdate", as: self, variables: { input: { lastName: " " } } },
    {
      operation: "storefront/PasswordChange",
      as: self,
      variables: { input: { currentPassword: passwords[0], newPassword: passwords[1] } },
      after: note("passwordChange"),
    },
    resetSend(email),
    ...Array.from({ length: 4 }, () => resetSend("nobody@alpenmarkt.example")),
    {
      operation: "storefront/PasswordReset",
      variables: async () => ({ input: { token: await mailed("reset-password"), newPassword: passwords[2] } }),
    },
    { operation: "storefront/PasswordReset", variables: { input: { token: "nonsense", newPassword: passwords[2] } } },
    roleSet({ role: "ADMIN", staffScopes: ["ORDERS", "CATALOGUE"] }),
    roleSet({ role: "CUSTOMER" }),
    { operation: "storefront/UserDeactivate", as: "admin", variables: (stage) => ({ id: id(stage) }) },
    { operation: "backoffice/UserReactivate", as: "admin", variables: (stage) => ({ id: id(stage) }) },
    {
      operation: "storefront/Login",
      variables: { input: { email, password: passwords[2] } },
      after: note("login"),
    },
    { operation: "storefront/UserDeactivate", as: self },
  ];
}
