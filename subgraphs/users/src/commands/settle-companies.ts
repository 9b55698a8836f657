import { type Logger } from "@tradegraph/kit/logger";
import { eachInTenant } from "@tradegraph/kit/each-in-tenant";
import { repeat } from "@tradegraph/kit/repeat";
import { type Worker } from "@tradegraph/kit/subgraph";
import { runAcrossTenants } from "@tradegraph/kit/tenancy";
import { type Models } from "../models.ts";
import { type CompanyDocument } from "../models/company.ts";
import { giveFounder } from "./company-create.ts";
import { type SessionTools } from "./end-sessions.ts";
import { stayInCompanies } from "./leave-companies.ts";
import { carryOut } from "./membership-changes.ts";

/** Between two looks for companies that were left unsettled. */
const intervalMs = 60_000;

/** Whoever is at it is left alone so long; no request lives longer. */
const graceMs = 120_000;

/**
 * Carries out what crashed requests had decided: ends of memberships, changes of roles, founders without a membership. An
 * account that was about to be closed stays open. Several instances may do so at once; one company that cannot be settled
 * does not keep the others waiting.
 *
 * @returns how many companies were looked after
 * @throws AggregateError of what failed, after all were tried
 */
export async function settleCompanies(tools: SessionTools, now = new Date()): Promise<number> {
  const unsettled = await runAcrossTenants("companies of all tenants that were left unsettled", async () =>
    tools.models.Company.find({ isUnsettled: true, updatedAt: { $lt: new Date(now.getTime() - graceMs) } })
      .hint({ isUnsettled: 1, updatedAt: 1 })
      .limit(100)
      .lean<CompanyDocument[]>(),
  );
  await eachInTenant(unsettled, "Some companies could not be settled.", (company) => settle(tools, company));
  return unsettled.length;
}

async function settle(tools: SessionTools, company: CompanyDocument): Promise<void> {
  const { _id: companyId, openChanges } = company;
  for (const change of openChanges)
    await (change.closesAccount
      ? stayInCompanies(tools.models, [{ companyId, change }])
      : carryOut(tools, companyId, change));
  await giveFounder(tools.models, company, { role: "service" });
}

/** The same as a worker of the subgraph. */
export const startCompanySettler = (tools: SessionTools & { models: Models; logger: Logger }): Worker =>
  repeat({ name: "company settler", intervalMs, logger: tools.logger, work: () => settleCompanies(tools) });
