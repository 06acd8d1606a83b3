/** What a scenario will do, in prose and figures, without running it. */

import type { TrafficSpec } from '../components/settings/traffic.js';
import { writtenTime } from '../components/settings/units.js';
import { happeningsOf, happeningTexts } from '../scenario/happening-text.js';
import type { AssumptionInForce, Scenario } from '../scenario/checked.js';
import { forReport } from '../scenario/findings.js';
import { Pushes } from '../scenario/pushes.js';
import { settingsInForce } from '../scenario/in-force.js';
import type { ExplainedAssumption, Explanation } from './explain.js';
import { EXPLANATION_SCHEMA } from './explain.js';

export function explainScenario(scenario: Scenario): Explanation {
  const { name, file, description, seed, profile, region } = scenario;
  return {
    schema: EXPLANATION_SCHEMA,
    title: name,
    file,
    description,
    seed,
    profile,
    region,
    prose: [
      ...scenario.traffic.map(
        (one) =>
          `${one.name} ${DOES[one.verb]} ${one.target}: ${planText(one, scenario.duration)}.`,
      ),
      ...scenario.resources.flatMap(({ name: resource }) => [
        ...consumptionText(scenario, resource),
        ...deliveryTexts(scenario, resource),
        ...happeningsOf(scenario, resource),
      ]),
      ...happeningTexts(scenario),
      endText(scenario),
    ],
    settings: settingsInForce(scenario),
    assumptions: scenario.assumptions.map(explained),
    quotas: scenario.quotas.map(explained),
    warnings: scenario.warnings.map(forReport),
  };
}

function explained({ path, written, origin, doc, source }: AssumptionInForce): ExplainedAssumption {
  return { path, value: written, origin, doc, source };
}

/** What traffic does, by its verb. */
const DOES = { send: 'sends to', write: 'writes to', read: 'reads from' } as const;

function planText({ plan, arrivals, batch }: TrafficSpec, duration: number): string {
  const how = arrivals === 'poisson' ? 'at random moments' : 'at even distances';
  const together = batch === undefined ? '' : `, ${batch.size} to a batch`;
  switch (plan.kind) {
    case 'rate':
      return `about ${figure((plan.rate * duration) / 1e6)} messages (${figure(plan.rate)}/s) ${how}${together}`;
    case 'replay':
      return `${exactly(plan.counts)} messages, as counted per ${writtenTime(plan.every)}${together}`;
    case 'phases': {
      const phases = plan.phases.map((phase) => {
        if (phase.kind === 'burst') return `${figure(phase.count)} at once`;
        const rate =
          phase.from === phase.to
            ? `${figure(phase.from)}/s`
            : `${figure(phase.from)}/s rising to ${figure(phase.to)}/s`;
        return `${writtenTime(phase.for)} at ${phase.to < phase.from ? rate.replace('rising', 'falling') : rate}`;
      });
      return `${phases.join(', then ')}, ${how}${together}`;
    }
  }
}

function exactly(counts: readonly number[]): string {
  return `exactly ${figure(counts.reduce((sum, count) => sum + count, 0))}`;
}

function figure(count: number): string {
  return String(Math.round(count * 1000) / 1000);
}

function consumptionText(scenario: Scenario, name: string): string[] {
  const resource = scenario.resources.find((one) => one.name === name);
  const sources = Object.entries(
    (resource?.programs['consumes'] ?? {}) as Readonly<
      Record<string, { readonly concurrency: number; readonly batchSize: number }>
    >,
  );
  const isFleet = resource?.roles.includes('fleet') === true;
  return sources.map(([queue, { concurrency, batchSize }]) => {
    if (!isFleet) return `${name} takes from ${queue}: up to ${batchSize} messages at a time.`;
    const loops = concurrency === 1 ? 'one poll loop' : `${concurrency} poll loops`;
    return `${name} takes from ${queue}: ${loops} on each instance, up to ${batchSize} messages at a time.`;
  });
}

/** `orders delivers to partner what matches …; tried again …; what cannot be delivered goes to missed.` */
function deliveryTexts(scenario: Scenario, name: string): string[] {
  const links = new Pushes(scenario.resources, scenario.registry.types).linksOf(name) ?? [];
  return links.map(({ name: link, target, filter, retries, deadLetter }) => {
    const to = link === target ? target : `${target} (${link})`;
    const what = filter === undefined ? 'all that it accepts' : `what matches ${filter}`;
    const tried = retries === undefined ? '' : `; tried again ${retries}`;
    const end = deadLetter === undefined ? 'is lost' : `goes to ${deadLetter}`;
    return `${name} delivers to ${to} ${what}${tried}; what cannot be delivered ${end}.`;
  });
}

function endText({ duration, drain, warmUp }: Scenario): string {
  const skipped = warmUp > 0 ? ` Statistics leave out the first ${writtenTime(warmUp)}.` : '';
  const end = `Traffic ends at ${writtenTime(duration)}; then the run goes on until nothing is left`;
  return `${end}, for at most ${writtenTime(drain)}.${skipped}`;
}
