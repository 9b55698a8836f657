import { forbidden } from "@tradegraph/kit/errors";
import { isStaff, type Viewer } from "@tradegraph/kit/viewer";
import { type Models } from "../models.ts";
import { type HeroSlideDocument } from "../models/hero-slide.ts";

/** A home page shows a handful; more are a mistake, not a page. */
export const slideLimit = 20;

/** Slides in the shop's order. @throws PublicError FORBIDDEN when others than staff ask for switched-off ones */
export async function listHeroSlides(
  models: Models,
  viewer: Viewer,
  activeOnly: boolean,
): Promise<HeroSlideDocument[]> {
  if (!activeOnly && !isStaff(viewer, "content")) throw forbidden("Only staff see slides that are switched off.");
  const order = { sortOrder: 1, _id: 1 } as const;
  return models.HeroSlide.find(activeOnly ? { isActive: true } : {})
    .sort(order)
    .limit(slideLimit)
    .hint(activeOnly ? { tenantId: 1, isActive: 1, ...order } : { tenantId: 1, ...order })
    .lean<HeroSlideDocument[]>();
}
