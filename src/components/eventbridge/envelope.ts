/**
 * What EventBridge puts around an event on its way to a target, in bytes: the event as JSON with its metadata, where
 * `source`, `detail-type` and `detail` are counted in the event's own size. An event without resources is assumed; no
 * input transformer is modelled. Source: EventBridge User Guide "Event structure", 2026.
 */

const ID = '6a7e8feb-b491-4cf7-a9f1-bf3703467718';

const DETAIL = ',"detail":';

export function envelopeBytes(region: string): number {
  return (
    JSON.stringify({
      version: '0',
      id: ID,
      'detail-type': '',
      source: '',
      account: '111122223333',
      time: '2026-01-01T00:00:00Z',
      region,
      resources: [],
    }).length + DETAIL.length
  );
}
