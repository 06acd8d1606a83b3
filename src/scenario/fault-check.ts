/** What the checks of faults share: where a fault stands, and the findings that several kinds of targets have. */

import type { Examiner } from './examine.js';
import type { FaultSpec } from './faults.js';
import { NOT_MODELLED_PAGE } from './not-modelled.js';

export abstract class FaultCheck {
  protected readonly path: readonly (string | number)[];

  constructor(
    protected readonly examiner: Examiner,
    protected readonly fault: FaultSpec,
    /** Its place among the faults. */
    protected readonly index: number,
  ) {
    this.path = ['faults', index];
  }

  /** Whether the fault is one of what fails as a whole or not at all; `what`: `a zone`. */
  protected isOutage(what: string): boolean {
    const { fault } = this;
    if (fault.verb !== 'down') {
      this.notModelled(fault.verb, `faults other than down on ${what}`, 'down: 100%');
      return false;
    }
    const { amount } = fault;
    if (amount.kind !== 'share' || amount.share !== 1) {
      this.examiner.refuse(this.path, {
        code: 'wrong-kind',
        found: amount.kind === 'count' ? String(amount.count) : `${amount.share * 100}%`,
        allowed: `100%: ${what} fails as a whole`,
        path: ['down'],
      });
    }
    return true;
  }

  protected notModelled(key: string, what: string, allowed: string): void {
    this.examiner.refuse(this.path, {
      code: 'not-modelled',
      found: this.fault.on,
      message: `${what} are not modelled yet (${NOT_MODELLED_PAGE})`,
      allowed,
      path: [key],
      onKey: false,
    });
  }
}
