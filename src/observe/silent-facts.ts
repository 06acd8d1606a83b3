/** A listener that hears nothing: the base of optional observers, which override what they need. */

import type {
  AlarmState,
  CopyStage,
  Facts,
  InstanceState,
  Outcome,
  RunEnd,
} from '../components/facts.js';

/* oxlint-disable no-empty-function, no-unused-vars -- that is the point */
export abstract class SilentFacts implements Facts {
  born(_source: number, _message: number): void {}
  answered(_source: number, _message: number): void {}
  gaveUp(_source: number, _message: number): void {}
  retried(_source: number, _message: number, _isThrottled: 0 | 1): void {}
  request(_resource: number, _operation: number, _bytes: number): void {}
  throttled(_resource: number, _operation: number, _client: number): void {}
  metered(_resource: number, _counter: number, _quantity: number): void {}
  keyCalled(_resource: number, _operation: 0 | 1, _client: number): void {}
  crossed(_from: number, _to: number, _bytes: number): void {}
  connections(_resource: number, _open: number): void {}
  connectionRefused(_resource: number, _client: number): void {}
  stored(_resource: number, _copy: number, _stage: CopyStage): void {}
  delayed(_resource: number, _copy: number, _delay: number): void {}
  visible(_resource: number, _copy: number): void {}
  deduplicated(_resource: number, _message: number): void {}
  taken(_resource: number, _delivery: number): void {}
  ofGroup(_resource: number, _delivery: number, _group: number, _blocked: number): void {}
  returned(_resource: number, _delivery: number): void {}
  hidden(_resource: number, _delivery: number): void {}
  deleted(_resource: number, _copy: number, _stage: CopyStage): void {}
  expired(_resource: number, _copy: number, _stage: CopyStage): void {}
  purged(_resource: number, _copy: number, _stage: CopyStage): void {}
  deadLettered(_resource: number, _copy: number, _target: number): void {}
  redriven(_resource: number, _copy: number, _target: number): void {}
  pollOpened(_resource: number, _consumer: number, _operation: number): void {}
  pollClosed(_resource: number, _consumer: number, _messages: number, _bytes: number): void {}
  loopFree(_consumer: number, _resource: number, _worker: number): void {}
  loopTaken(_consumer: number, _resource: number, _worker: number): void {}
  arrived(_consumer: number, _resource: number, _worker: number, _first: number): void {}
  runBegan(_consumer: number, _delivery: number, _worker: number): void {}
  runEnded(_consumer: number, _delivery: number, _worker: number, _end: RunEnd): void {}
  filtered(_pusher: number, _message: number, _link: number): void {}
  dispatched(_pusher: number, _obligation: number, _link: number): void {}
  pushed(_pusher: number, _obligation: number, _link: number, _attempt: number): void {}
  pushFailed(_pusher: number, _obligation: number, _link: number, _error: number): void {}
  delivered(_pusher: number, _obligation: number, _link: number): void {}
  diverted(_pusher: number, _obligation: number, _link: number, _target: number): void {}
  dropped(_pusher: number, _obligation: number, _link: number, _outcome: Outcome): void {}
  unclaimed(_pusher: number, _message: number): void {}
  passedOn(_resource: number, _obligation: number): void {}
  received(_consumer: number, _delivery: number): void {}
  invoked(_fn: number, _worker: number, _isCold: 0 | 1): void {}
  invocationEnded(_fn: number, _worker: number): void {}
  heldBack(_resource: number, _delivery: number, _time: number): void {}
  environmentReady(_fn: number, _delivery: number, _coldStart: number): void {}
  owed(_consumer: number, _obligation: number): void {}
  settled(_consumer: number, _obligation: number, _outcome: Outcome): void {}
  spot(_group: number, _worker: number): void {}
  instance(_group: number, _worker: number, _state: InstanceState): void {}
  desired(_group: number, _capacity: number): void {}
  scaled(_group: number, _decider: number, _wanted: number, _desired: number): void {}
  alarm(_owner: number, _alarm: number, _state: AlarmState): void {}
  fault(_resource: number, _fault: number, _on: 0 | 1): void {}
}
