/** Which queues get messages though no traffic names them: warnings about lonely queues ask. */

import type { WarningCode } from '../components/settings/problem.js';
import type { ResourceSchema, ResourceView } from '../components/settings/resource.js';

export class Fed {
  /** Where services deliver by themselves, and where what they cannot deliver goes. */
  private readonly targets: ReadonlySet<string>;
  private readonly deadLetters: ReadonlySet<string>;

  constructor(
    private readonly byOperations: ReadonlySet<string>,
    types: readonly ResourceSchema[],
    resources: Iterable<ResourceView>,
  ) {
    const links = [...resources].flatMap((resource) => {
      return types.find(({ type }) => type === resource.type)?.pushes?.(resource) ?? [];
    });
    this.targets = new Set(
      links.flatMap(({ target, deadLetter = target }) => [target, deadLetter]),
    );
    this.deadLetters = new Set(links.map(({ deadLetter }) => deadLetter ?? ''));
  }

  /** Whether the warning says of `on` what is not so: somebody does send there, or nobody is expected to consume. */
  refutes(code: WarningCode, on: string): boolean {
    if (code === 'nobody-sends') return this.byOperations.has(on) || this.targets.has(on);
    return code === 'nobody-consumes' && (this.byOperations.has(on) || this.deadLetters.has(on));
  }
}
