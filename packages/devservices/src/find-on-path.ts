import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { join } from "node:path";

/** Every executable file called `name`, in the order of the search path. */
export async function findOnPath(name: string, searchPath: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of searchPath) {
    const file = join(folder, name);
    try {
      await access(file, constants.X_OK);
      if ((await stat(file)).isFile() && !found.includes(file)) found.push(file);
    } catch {
      continue;
    }
  }
  return found;
}
