// Pulumi's scripts hand every stack trace to a reader of source maps, and its runtime takes one for every promise: a third of a
// program's time. Node strips types in place, so that its own traces name the right lines; nobody may set another way.
Object.defineProperty(Error, "prepareStackTrace", { get: () => undefined, set: () => undefined });
