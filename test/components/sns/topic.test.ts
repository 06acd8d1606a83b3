import { describe, expect, test } from 'vitest';
import { oneMessage, storyOf } from '../../support/topic-story.js';

test('smoke', () => {
  const plain = oneMessage({ subscriptions: { jobs: {} } }, { jobs: { type: 'sqs.queue' } });
  const { told, report } = storyOf(plain);
  console.log(told.list.map((t) => JSON.stringify(t)).join('\n'), report.result.ledger);
});
