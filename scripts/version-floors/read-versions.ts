// Which versions of what are installed, built and started: every copy in the lock file, and the images.
import { parse } from "yaml";
import { type Found } from "./floors.ts";

interface Files {
  lockFile: string;
  dockerfile: string;
  compose: string;
}

export function readVersions({ lockFile, dockerfile, compose }: Files): Found[] {
  const { packages = {} } = parse(lockFile) as { packages?: Record<string, unknown> };
  const installed = Object.keys(packages).flatMap((key) => {
    const [, name, version] = /^(@?[^@]+)@(\d[^()]*)/.exec(key) ?? [];
    return name && version ? [{ name, version, where: "pnpm-lock.yaml" }] : [];
  });
  const images = [
    ...[...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image = ""]) => ({ image, where: "Dockerfile" })),
    ...[...compose.matchAll(/^\s+image: (\S+)/gm)].map(([, image = ""]) => ({ image, where: "docker-compose.yml" })),
  ];
  const tagged = images.flatMap(({ image, where }) => {
    const [, name, version] = /(?:^|\/)([\w-]+):(\d[\w.]*)/.exec(image) ?? [];
    return name && version ? [{ name, version, where }] : [];
  });
  return [...installed, ...tagged];
}
