/** Right to use what is cached: for a while after a read of the log was sent that has been answered in full. */
export interface LogLease {
  /** @param sentAt when the read was sent: whatever is written later is acknowledged only after the lease has ended */
  renew: (sentAt: number) => void;
  end: () => void;
  isHeld: () => boolean;
  /** Milliseconds since the last read that renewed it was sent; undefined before the first. */
  age: () => number | undefined;
}

/** @param now milliseconds of a clock that never goes back */
export function createLogLease(leaseMs: number, now: () => number): LogLease {
  let end = -Infinity;
  let renewedAt: number | undefined;
  return {
    renew(sentAt) {
      end = Math.max(end, sentAt + leaseMs);
      renewedAt = Math.max(renewedAt ?? sentAt, sentAt);
    },
    end() {
      end = -Infinity;
    },
    isHeld: () => now() < end,
    age: () => (renewedAt === undefined ? undefined : now() - renewedAt),
  };
}
