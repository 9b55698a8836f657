import { type Sealed } from "@tradegraph/kit/sealed-field";
import { type Viewer } from "@tradegraph/kit/viewer";
import { Types } from "mongoose";
import { expect, it } from "vitest";
import { visibleUser } from "./access.ts";
import { type UserRecord } from "./models/user.ts";

const _id = new Types.ObjectId();
const sellerProfile = { shopName: "Huber Fittings", since: new Date(0) };
const user: UserRecord = {
  _id,
  email: "a@example.com",
  firstName: "Anna",
  lastName: "Huber",
  phone: "1" as Sealed,
  sellerProfile,
};
const viewer = (role: Viewer["role"], userId?: string, ...scopes: string[]): Viewer => ({
  ...{ tenantId: "acme", role, userId, scopes },
});

it("hands the whole person to itself, to staff of users and to our own programs", () => {
  for (const each of [
    viewer("customer", _id.toHexString()),
    viewer("admin", "other", "admin"),
    viewer("admin", "other", "staff:users"),
    viewer("service"),
  ]) {
    expect(visibleUser(user, each)).toEqual(user);
  }
});

it("hands others the name and the seller's profile, visitors the profile", () => {
  for (const each of [
    viewer("supplier", "other"),
    viewer("admin", "other"),
    viewer("admin", "other", "staff:orders"),
  ]) {
    expect(visibleUser(user, each)).toEqual({ _id, sellerProfile, firstName: "Anna", lastName: "Huber" });
  }
  for (const each of [viewer("anonymous"), viewer("partner", undefined, "orders:read-all")])
    expect(visibleUser(user, each)).toEqual({ _id, sellerProfile });
});
