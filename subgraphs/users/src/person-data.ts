import { notFound } from "@tradegraph/kit/errors";
import { actorOf } from "@tradegraph/kit/outbox";
import { type PersonData, personList, personPage, personPageSize } from "@tradegraph/kit/person-data";
import { personErase, type EraseTools } from "./commands/person-erase.ts";
import { recordExport } from "./commands/record-export.ts";
import { type Models } from "./models.ts";
import { type UserDocument } from "./models/user.ts";
import * as records from "./person-data-records.ts";
import {
  findPerson,
  listInvitationsTo,
  listPersonAudit,
  listPersonLinks,
  listPersonMemberships,
  listPersonSessions,
} from "./queries/person-records.ts";

const page = (after: string | undefined) => ({ first: personPageSize, after });

export function createPersonData(tools: Omit<EraseTools, "actor">): PersonData {
  const { models, cipher } = tools;
  return {
    sources: [
      {
        name: "profile",
        read: async (userId) => personList([await records.profile(cipher, await person(models, userId))]),
      },
      {
        name: "sessions",
        read: async (userId, after) =>
          personPage(await listPersonSessions(models, userId, page(after)), records.session),
      },
      {
        name: "memberships",
        read: async (userId) => personList((await listPersonMemberships(models, userId)).map(records.membership)),
      },
      {
        name: "links",
        read: async (userId) => personList((await listPersonLinks(models, userId)).map(records.link)),
      },
      {
        name: "invitations",
        async read(userId, after) {
          const { emailLower } = await person(models, userId);
          return personPage(await listInvitationsTo(models, emailLower, page(after)), records.invitation);
        },
      },
      {
        name: "auditEntriesBy",
        async read(userId, after) {
          const filter = { "actor.userId": userId.toHexString() };
          return personPage(await listPersonAudit(models, filter, page(after)), records.auditEntry(userId));
        },
      },
      {
        name: "auditEntriesAbout",
        async read(userId, after) {
          const filter = { "subject.id": userId.toHexString() };
          return personPage(await listPersonAudit(models, filter, page(after)), records.auditEntry(userId));
        },
      },
    ],
    erase: (userId, { viewer, requestId }) => personErase({ ...tools, actor: actorOf(viewer, requestId) }, userId),
    onExport: (userId, { viewer, requestId }) => recordExport(models, userId, actorOf(viewer, requestId)),
  };
}

async function person(models: Models, userId: Parameters<typeof findPerson>[1]): Promise<UserDocument> {
  const found = await findPerson(models, userId);
  if (!found) throw notFound("There is no such person.");
  return found;
}
