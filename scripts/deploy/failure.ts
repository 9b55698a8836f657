// How a release can end other than well. The numbers are what scripts/deploy.sh exits with; docs/DELIVERY.md lists them.

export const exitCodes = {
  /** Before or while migrations ran: services still run what they ran. */
  failed: 1,
  /** Wrong input, account, tools or state of the tree: nothing was touched. */
  notStarted: 2,
  /** Somebody else's release is under way. */
  locked: 3,
  /** ECS took the new image back by itself. */
  takenBack: 4,
  /** The new image runs, but its smoke test failed. */
  smoke: 5,
  /** The new image runs and is well; the second region still waits with the one before. */
  secondRegion: 6,
  /** Somebody pressed ^C, or cancelled the workflow: what shells make of it. */
  interrupted: 130,
} as const;

export type Ending = keyof typeof exitCodes;

/** An end with a reason for people. */
export class ReleaseError extends Error {
  readonly ending: Ending;

  constructor(ending: Ending, message: string) {
    super(message);
    this.ending = ending;
  }
}

/** The state has no stack of this name: nobody has made it yet. */
export class UnknownStackError extends ReleaseError {
  readonly stackName: string;

  constructor(stack: string) {
    super(
      "notStarted",
      `The state knows no stack ${stack}: docs/DELIVERY.md, "The very first release".\nNothing was touched.`,
    );
    this.stackName = stack;
  }
}

export const notStarted = (message: string) => new ReleaseError("notStarted", `${message}\nNothing was touched.`);
