import { randomUUID } from "node:crypto";
import { tokenMailedTo } from "../mailbox.ts";
import { noted, type OperationRun, type Stage } from "./operation-run.ts";
import { callerWith } from "./run-operations.ts";
import { address } from "./shop-runs.ts";

const password = "four quiet moss lamps";

/** The life of a company of its own: founded, let in to trade, joined by a clerk whose order somebody must approve. */
export function companyRuns({ graph, shop }: Stage): OperationRun[] {
  const serial = randomUUID().slice(0, 8);
  const emailOf = (who: string) => `${who}-${serial}@alpenmarkt.example`;
  const as =
    (who: string): OperationRun["as"] =>
    (stage) =>
      Promise.resolve(callerWith(stage, noted(stage, `${who} token`)));
  const noteToken =
    (who: string, field: string): OperationRun["after"] =>
    (data, { notes }) => {
      notes.set(`${who} token`, (data[field] as { accessToken: string }).accessToken);
    };
  const noteId =
    (name: string, field: string, part: string): OperationRun["after"] =>
    (data, { notes }) => {
      notes.set(name, (data[field] as Record<string, { id: string }>)[part]?.id ?? "");
    };
  const company = (stage: Stage) => noted(stage, "company");
  const register = (who: string): OperationRun => ({
    operation: "storefront/UserRegister",
    variables: { input: { email: emailOf(who), password, firstName: "Ada", lastName: "New" } },
    after: noteToken(who, "userRegister"),
  });
  /** What somebody may do for a company is in the tokens that are made afterwards. */
  const comeBack = (who: string): OperationRun => ({
    operation: "storefront/Login",
    variables: (stage) => ({ input: { email: emailOf(who), password, companyId: company(stage) } }),
    after: noteToken(who, "login"),
  });
  const inviteAgain = (who: string): OperationRun => ({
    operation: "storefront/CompanyMemberInvite",
    as: as("founder"),
    variables: (stage) => ({
      input: {
        ...{ companyId: company(stage), email: emailOf(who), role: "BUYER", spendingPeriod: "ORDER" },
        spendingLimit: { amount: "0.01", currencyCode: "EUR" },
      },
    }),
  });
  const invite = (who: string): OperationRun => ({
    ...inviteAgain(who),
    after: noteId("invitation", "companyMemberInvite", "invitation"),
  });
  const approve: OperationRun = {
    operation: "storefront/OrderApprove",
    as: as("founder"),
    variables: (stage) => ({ input: { id: noted(stage, "clerk's order"), approve: true } }),
  };
  const product = firstOnSale(shop);
  return [
    register("founder"),
    // Who invites others has proved the own address.
    {
      operation: "storefront/EmailVerify",
      variables: async () => ({ token: await tokenMailedTo(graph.graph, emailOf("founder"), "verify-email") }),
    },
    register("clerk"),
    {
      operation: "storefront/CompanyCreate",
      as: as("founder"),
      variables: { input: { name: `Company ${serial}`, taxId: `AT${serial}`, addresses: [address] } },
      after: noteId("company", "companyCreate", "company"),
    },
    // Its tax id is taken now.
    {
      operation: "storefront/CompanyCreate",
      as: as("founder"),
      variables: { input: { name: `Other ${serial}`, taxId: `AT${serial}` } },
    },
    {
      operation: "backoffice/CompanyCheck",
      as: "admin",
      variables: (stage) => ({
        input: {
          ...{ id: company(stage), status: "ACTIVE", paymentTerms: "NET_14" },
          creditLimit: { amount: "5000.00", currencyCode: "EUR" },
        },
      }),
    },
    comeBack("founder"),
    {
      operation: "storefront/CompanyUpdate",
      as: as("founder"),
      variables: (stage) => ({ input: { id: company(stage), name: `Company ${serial} and sons` } }),
    },
    {
      operation: "storefront/CompanyCreate",
      as: as("founder"),
      variables: (stage) => ({ input: { name: `Branch ${serial}`, parentId: company(stage) } }),
    },
    // The founder acts for the branch too, by the membership above it.
    { operation: "storefront/MyAccount", as: as("founder") },
    invite("nobody"),
    {
      operation: "storefront/CompanyInvitationRevoke",
      as: as("founder"),
      variables: (stage) => ({ id: noted(stage, "invitation") }),
    },
    invite("clerk"),
    // With an invitation that is open already.
    inviteAgain("clerk"),
    {
      operation: "storefront/CompanyInvitations",
      as: as("founder"),
      variables: (stage) => ({ id: company(stage) }),
    },
    { operation: "storefront/CompanyInvitationAccept", as: as("clerk"), variables: { token: "nonsense" } },
    {
      operation: "storefront/CompanyInvitationAccept",
      as: as("clerk"),
      variables: async () => ({ token: await tokenMailedTo(graph.graph, emailOf("clerk"), "accept-invitation") }),
      after: noteId("clerk's membership", "companyInvitationAccept", "membership"),
    },
    comeBack("clerk"),
    {
      operation: "storefront/OrderPlace",
      as: as("clerk"),
      variables: () => ({
        key: randomUUID(),
        input: {
          lines: [{ productId: product, quantity: 1 }],
          ...{ shippingAddress: address, paymentMethod: "INVOICE" },
        },
      }),
      after: noteId("clerk's order", "orderPlace", "order"),
    },
    {
      operation: "storefront/CompanyApprovals",
      as: as("founder"),
      variables: (stage) => ({ id: company(stage) }),
    },
    approve,
    {
      operation: "storefront/OrderApprove",
      as: as("founder"),
      variables: (stage) => ({ input: { id: noted(stage, "clerk's order"), approve: false } }),
    },
    {
      operation: "storefront/CompanyMembers",
      as: as("founder"),
      variables: (stage) => ({ id: company(stage) }),
    },
    {
      operation: "storefront/CompanyMemberUpdate",
      as: as("founder"),
      variables: (stage) => ({ input: { id: noted(stage, "clerk's membership"), role: "APPROVER" } }),
    },
    {
      operation: "storefront/CompanyMemberRemove",
      as: as("founder"),
      variables: (stage) => ({ id: noted(stage, "clerk's membership") }),
    },
  ];
}

function firstOnSale({ plan }: Stage["shop"]): string {
  for (let n = 1; ; n += 1) {
    const { isActive, postAs, moq } = plan.product(n);
    if (isActive && postAs === "seller" && moq === 1) return plan.id("product", n).toHexString();
  }
}
