import process from "node:process";
import { z } from "zod";

const schema = z.object({ PATH: z.string().default(""), XDG_CACHE_HOME: z.string().optional() });

export const readEnv = (source: NodeJS.ProcessEnv = process.env) => schema.parse(source);
