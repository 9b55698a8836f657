import { type Viewer, type ViewerRole } from "@tradegraph/kit/viewer";
import { Types } from "mongoose";
import { describe, expect, it } from "vitest";
import { boughtCondition, buyerCondition, buyerList, isBuyerSide, orderCondition, orderList } from "./access.ts";

const [me, mine] = [new Types.ObjectId(), new Types.ObjectId()];
const viewer = (role: ViewerRole, overrides: Partial<Viewer> = {}): Viewer => ({
  tenantId: "acme",
  role,
  userId: me.toHexString(),
  scopes: [],
  ...overrides,
});
const staff = (...scopes: string[]) => viewer("admin", { scopes });
const partner = (...scopes: string[]) =>
  viewer("partner", { userId: undefined, companyId: mine.toHexString(), scopes });
const readAll = { companyId: mine.toHexString(), scopes: ["orders:read-all"] };

describe("lists", () => {
  it("have one owner: person, company or supplier", () => {
    expect(orderList(viewer("customer"))).toEqual({ customerId: me });
    expect(orderList(viewer("customer", readAll))).toEqual({ companyId: mine });
    expect(orderList(viewer("supplier"))).toEqual({ "items.supplierId": me });
    expect(orderList(staff("admin"))).toEqual({});
    expect(orderList(staff("staff:orders"))).toEqual({});
    expect(orderList(partner("orders:read-all"))).toEqual({ companyId: mine });
  });

  it("are nobody's for staff of other areas, and for partners without the scope", () => {
    for (const who of [staff(), staff("staff:users"), partner(), partner("catalogue:read")]) {
      expect(orderList(who)).toBeUndefined();
      expect(orderCondition(who)).toBeUndefined();
      expect(buyerList(who)).toBeUndefined();
    }
  });

  it("give a partner orders and payments of its company, and nothing else", () => {
    const who = partner("orders:read-all");
    expect(orderCondition(who)).toEqual({ companyId: mine });
    expect(boughtCondition(who)).toEqual({ companyId: mine });
    for (const nothing of [buyerList(who), buyerCondition(who), buyerCondition(who, "ownerId")])
      expect(nothing).toBeUndefined();
  });

  it("are nobody's for visitors, and quotes for suppliers", () => {
    expect(orderList({ tenantId: "acme", role: "anonymous", scopes: [] })).toBeUndefined();
    expect(buyerList(viewer("supplier"))).toBeUndefined();
  });
});

describe("conditions on single things", () => {
  it("join own and company only with the permission, carts without", () => {
    const member = viewer("customer", { companyId: mine.toHexString() });
    expect(buyerCondition(member)).toEqual({ customerId: me });
    expect(buyerCondition(viewer("customer", readAll))).toEqual({ $or: [{ customerId: me }, { companyId: mine }] });
    expect(buyerCondition(member, "ownerId")).toEqual({ $or: [{ ownerId: me }, { companyId: mine }] });
  });

  it("need the permission of a company that is named", () => {
    expect(buyerCondition(viewer("customer", { scopes: ["orders:read-all"] }))).toEqual({ customerId: me });
  });

  it("do not let a company's scopes work for a supplier", () => {
    expect(orderCondition(viewer("supplier", readAll))).toEqual({ "items.supplierId": me });
    expect(buyerCondition(viewer("supplier", readAll))).toBeUndefined();
  });
});

describe("isBuyerSide", () => {
  const bought = { customerId: me, companyId: mine };
  const stranger = { userId: new Types.ObjectId().toHexString() };

  it.each([
    ["the buyer", viewer("customer"), true],
    ["a colleague with the permission", viewer("customer", { ...stranger, ...readAll }), true],
    ["a colleague without", viewer("customer", { ...stranger, companyId: mine.toHexString() }), false],
    ["a supplier with the buyer's id", viewer("supplier"), false],
    ["staff", viewer("admin", { ...stranger, scopes: ["staff:orders"] }), true],
    ["staff of another area", viewer("admin", { ...stranger, scopes: ["staff:users"] }), false],
    ["a partner of the company", partner("orders:read-all"), true],
    ["a partner without the scope", partner(), false],
    ["a service", { tenantId: "acme", role: "service", scopes: [] } satisfies Viewer, true],
  ])("of %s", (_, who, expected) => {
    expect(isBuyerSide(who, bought)).toBe(expected);
  });
});
