// What all pods have in common: as little as they need of the node they run on.
import type { IContainer, IPodSpec, IPodTemplateSpec, IVolume, IVolumeMount } from "kubernetes-models/v1";
import { IMAGE } from "./cluster.ts";

/** The image's own user. */
const USER = 1001;

const confined: IContainer["securityContext"] = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};

const temporary: { volume: IVolume; mount: IVolumeMount } = {
  volume: { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
  mount: { name: "tmp", mountPath: "/tmp" },
};

export interface Pod {
  name: string;
  labels: Record<string, string>;
  annotations?: Record<string, string>;
  /** What its container does; the rest of the container is the same for all. */
  container: Omit<IContainer, "name" | "image" | "securityContext">;
  volumes?: IVolume[];
  /** Seconds from the moment it is told to leave until it is killed. */
  graceSeconds: number;
  rest?: Partial<IPodSpec>;
}

/** A pod that the profile `restricted` of Kubernetes' Pod Security Standards lets in. */
export function podTemplate({ name, labels, annotations, container, volumes = [], graceSeconds, rest }: Pod) {
  return {
    metadata: { labels, ...(annotations ? { annotations } : {}) },
    spec: {
      serviceAccountName: name,
      // Programs ask nothing of the cluster; roles at AWS bring tokens of their own.
      automountServiceAccountToken: false,
      // Kubernetes would set PRODUCTS_PORT and the like, which scripts read as settings.
      enableServiceLinks: false,
      terminationGracePeriodSeconds: graceSeconds,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: USER,
        runAsGroup: USER,
        fsGroup: USER,
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
      },
      ...rest,
      containers: [
        {
          name,
          image: IMAGE,
          ...container,
          securityContext: confined,
          volumeMounts: [temporary.mount, ...(container.volumeMounts ?? [])],
        },
      ],
      volumes: [temporary.volume, ...volumes],
    },
  } satisfies IPodTemplateSpec;
}
