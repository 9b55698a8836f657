// Signing in and refreshing over HTTP, as tests of sessions need it.
import { runForTenant } from "@tradegraph/kit/tenancy";
import { anonymousViewer, type Viewer } from "@tradegraph/kit/viewer";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { decodeJwt } from "jose";
import { type SessionDocument } from "../src/models/session.ts";
import { fakePassword, viewerOf } from "./fakes.ts";
import { type StartedUsers } from "./start-users.ts";

export interface AuthAnswer {
  accessToken: string | null;
  refreshToken: string | null;
  refreshExpiresAt: string | null;
  user: { id: string; email: string } | null;
  userErrors: { __typename: string; message: string; field: string[] | null }[];
}

export interface Claims {
  sid: string;
  iat: number;
  role: string;
  scope: string;
  cid?: string;
}

const parts = `accessToken refreshToken refreshExpiresAt user { id email } userErrors { __typename message field }`;

/** Address from which visitors of these tests come. */
export const visitorAddress = "192.0.2.7";

const visitor = (tenantId: string): Viewer => ({ ...anonymousViewer(tenantId), address: visitorAddress });

export const claimsIn = ({ accessToken }: AuthAnswer): Claims => decodeJwt(accessToken ?? "");

export async function signInAs(
  users: StartedUsers,
  { email, tenantId }: { email: string; tenantId: string },
): Promise<AuthAnswer & { refreshToken: string }> {
  const { login } = await users.subgraph.expectData<{ login: AuthAnswer & { refreshToken: string } }>({
    query: `mutation ($input: LoginInput!) { login(input: $input) { ${parts} } }`,
    variables: { input: { email, password: fakePassword } },
    viewer: visitor(tenantId),
  });
  return login;
}

export async function refresh(
  users: StartedUsers,
  { refreshToken, companyId }: { refreshToken: string; companyId?: string },
  tenantId = testTenant,
): Promise<AuthAnswer> {
  const { tokenRefresh } = await users.subgraph.expectData<{ tokenRefresh: AuthAnswer }>({
    query: `mutation ($input: TokenRefreshInput!) { tokenRefresh(input: $input) { ${parts} } }`,
    variables: { input: { refreshToken, companyId } },
    viewer: visitor(tenantId),
  });
  return tokenRefresh;
}

/** The viewer that the gateway makes of the answer's access token. */
export const viewerIn = (user: Parameters<typeof viewerOf>[0], answer: AuthAnswer): Viewer => ({
  ...viewerOf(user),
  sessionId: claimsIn(answer).sid,
});

export async function storedSession(users: StartedUsers, answer: AuthAnswer, tenantId = testTenant) {
  const id = claimsIn(answer).sid;
  const session = await runForTenant(tenantId, async () => users.models.Session.findById(id).lean<SessionDocument>());
  if (!session) throw new Error("There is no such session.");
  return session;
}
