// What AWS refuses, with AWS's code and, where it is known, AWS's text. Sources of the texts: aws-messaging
// notes in docs/components/sqs.queue.md, recorded against AWS by LocalStack's test suite.

import { describe, expect, test } from 'vitest';
import { openWorld } from '../../src/core.js';
import type { Call } from '../../src/core.js';
import type { OpenedWorld } from '../../src/experiment/operations/open-world.js';

/** Two queues of each kind, one message in flight in `q` and one in `q.fifo`. */
function stage(): { w: OpenedWorld; receipt: string; fifoReceipt: string } {
  const w = openWorld();
  w.sqs.createQueue({ queue: 'd' });
  const redrivePolicy = { deadLetterTarget: 'd', maxReceiveCount: 5 };
  w.sqs.createQueue({ queue: 'q', attributes: { redrivePolicy } });
  w.sqs.createQueue({ queue: 'q.fifo', attributes: { visibilityTimeout: 1 } });
  w.sqs.sendMessage({ queue: 'q', messageBody: 'a' });
  const ids = { messageGroupId: 'g', messageDeduplicationId: '1' };
  w.sqs.sendMessage({ queue: 'q.fifo', messageBody: 'a', ...ids });
  const receipt = w.sqs.receiveMessage({ queue: 'q' }).value!.messages[0].receiptHandle;
  const fifoReceipt = w.sqs.receiveMessage({ queue: 'q.fifo' }).value!.messages[0].receiptHandle;
  return { w, receipt, fifoReceipt };
}

type Refused = (staged: ReturnType<typeof stage>) => Call<unknown>;

const refusals: [string, Refused, string, string | RegExp][] = [
  [
    'a queue that is not there',
    ({ w }) => w.sqs.sendMessage({ queue: 'x', messageBody: 'a' }),
    'QueueDoesNotExist',
    'The specified queue does not exist.',
  ],
  [
    'no queue',
    ({ w }) => w.sqs.receiveMessage({} as never),
    'MissingParameter',
    'The request must contain the parameter QueueUrl.',
  ],
  [
    'too large a message',
    ({ w }) => w.sqs.sendMessage({ queue: 'q', sizeBytes: 1048577 }),
    'InvalidParameterValue',
    'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
  ],
  [
    'too large a batch',
    ({ w }) =>
      w.sqs.sendMessageBatch({
        queue: 'q',
        entries: [
          { id: '1', sizeBytes: 1048576 },
          { id: '2', sizeBytes: 1 },
        ],
      }),
    'BatchRequestTooLong',
    'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
  ],
  [
    'an empty batch',
    ({ w }) => w.sqs.sendMessageBatch({ queue: 'q', entries: [] }),
    'EmptyBatchRequest',
    /at least one SendMessageBatchRequestEntry/u,
  ],
  [
    'eleven entries',
    ({ w }) =>
      w.sqs.deleteMessageBatch({
        queue: 'q',
        entries: Array.from({ length: 11 }, (_, i) => ({ id: `${i}`, receiptHandle: 'x' })),
      }),
    'TooManyEntriesInBatchRequest',
    'Maximum number of entries per request are 10. You have sent 11.',
  ],
  [
    'an id twice',
    ({ w }) =>
      w.sqs.deleteMessageBatch({
        queue: 'q',
        entries: [
          { id: 'a', receiptHandle: 'x' },
          { id: 'a', receiptHandle: 'x' },
        ],
      }),
    'BatchEntryIdsNotDistinct',
    'Id a repeated.',
  ],
  [
    'an odd id',
    ({ w }) =>
      w.sqs.changeMessageVisibilityBatch({
        queue: 'q',
        entries: [{ id: 'a:b', receiptHandle: 'x', visibilityTimeout: 0 }],
      }),
    'InvalidBatchEntryId',
    'A batch entry id can only contain alphanumeric characters, hyphens and underscores. ' +
      'It can be at most 80 letters long.',
  ],
  [
    'eleven messages',
    ({ w }) => w.sqs.receiveMessage({ queue: 'q', maxNumberOfMessages: 11 }),
    'InvalidParameterValue',
    'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
  ],
  [
    'half a message',
    ({ w }) => w.sqs.receiveMessage({ queue: 'q', maxNumberOfMessages: 0.5 }),
    'InvalidParameterValue',
    /^Value 0.5 for/u,
  ],
  [
    'too long a wait',
    ({ w }) => w.sqs.receiveMessage({ queue: 'q', waitTimeSeconds: 21 }),
    'InvalidParameterValue',
    'Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.',
  ],
  [
    'a timeout in words',
    ({ w }) => w.sqs.receiveMessage({ queue: 'q', visibilityTimeout: '30s' as never }),
    'InvalidParameterValue',
    /Must be between 0 and 43200/u,
  ],
  [
    'too long a delay',
    ({ w }) => w.sqs.sendMessage({ queue: 'q', messageBody: 'a', delaySeconds: 901 }),
    'InvalidParameterValue',
    /DelaySeconds must be >= 0 and <= 900/u,
  ],
  [
    'a delay on a FIFO queue',
    ({ w }) =>
      w.sqs.sendMessage({
        queue: 'q.fifo',
        messageBody: 'a',
        messageGroupId: 'g',
        messageDeduplicationId: '2',
        delaySeconds: 2,
      }),
    'InvalidParameterValue',
    'Value 2 for parameter DelaySeconds is invalid. ' +
      'Reason: The request include parameter that is not valid for this queue type.',
  ],
  [
    'no group on a FIFO queue',
    ({ w }) => w.sqs.sendMessage({ queue: 'q.fifo', messageBody: 'a' }),
    'MissingParameter',
    'The request must contain the parameter MessageGroupId.',
  ],
  [
    'no id on a FIFO queue',
    ({ w }) => w.sqs.sendMessage({ queue: 'q.fifo', messageBody: 'a', messageGroupId: 'g' }),
    'InvalidParameterValue',
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  ],
  [
    'an id on a standard queue',
    ({ w }) => w.sqs.sendMessage({ queue: 'q', messageBody: 'a', messageDeduplicationId: '1' }),
    'InvalidParameterValue',
    /not valid for this queue type/u,
  ],
  [
    'an attempt on a standard queue',
    ({ w }) => w.sqs.receiveMessage({ queue: 'q', receiveRequestAttemptId: '1' }),
    'InvalidParameterValue',
    /not valid for this queue type/u,
  ],
  [
    'a body that is no text',
    ({ w }) => w.sqs.sendMessage({ queue: 'q', messageBody: 7 as never }),
    'InvalidParameterValue',
    /MessageBody/u,
  ],
  [
    'half a character',
    ({ w }) => w.sqs.sendMessage({ queue: 'q', messageBody: '\ud800' }),
    'InvalidMessageContents',
    /^Invalid characters found/u,
  ],
  [
    'a message without anything',
    ({ w }) => w.sqs.sendMessage({ queue: 'q' }),
    'MissingParameter',
    'The request must contain the parameter MessageBody.',
  ],
  [
    'no receipt',
    ({ w }) => w.sqs.deleteMessage({ queue: 'q' } as never),
    'MissingParameter',
    'The request must contain the parameter ReceiptHandle.',
  ],
  [
    'an unknown receipt',
    ({ w }) => w.sqs.deleteMessage({ queue: 'q', receiptHandle: 'garbage' }),
    'ReceiptHandleIsInvalid',
    'The input receipt handle "garbage" is not a valid receipt handle.',
  ],
  [
    'a receipt of another queue',
    ({ w, receipt }) => w.sqs.deleteMessage({ queue: 'd', receiptHandle: receipt }),
    'ReceiptHandleIsInvalid',
    /is not a valid receipt handle/u,
  ],
  [
    'no timeout',
    ({ w, receipt }) =>
      w.sqs.changeMessageVisibility({ queue: 'q', receiptHandle: receipt } as never),
    'MissingParameter',
    /VisibilityTimeout/u,
  ],
  [
    'more than twelve hours',
    ({ w, receipt }) => {
      w.advanceTo(1);
      return w.sqs.changeMessageVisibility({
        queue: 'q',
        receiptHandle: receipt,
        visibilityTimeout: 43200,
      });
    },
    'InvalidParameterValue',
    'Value 43200 for parameter VisibilityTimeout is invalid. ' +
      'Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]',
  ],
  [
    'a change of what is gone',
    ({ w, receipt }) => {
      w.sqs.deleteMessage({ queue: 'q', receiptHandle: receipt });
      return w.sqs.changeMessageVisibility({
        queue: 'q',
        receiptHandle: receipt,
        visibilityTimeout: 5,
      });
    },
    'InvalidParameterValue',
    /Message does not exist or is not available for visibility timeout change\.$/u,
  ],
  [
    'an expired receipt of a FIFO queue',
    ({ w, fifoReceipt }) => {
      w.advanceTo(2);
      return w.sqs.deleteMessage({ queue: 'q.fifo', receiptHandle: fifoReceipt });
    },
    'InvalidParameterValue',
    /^Value AQEB\w+ for parameter ReceiptHandle is invalid\. Reason: The receipt handle has expired\.$/u,
  ],
  [
    'a purge too soon',
    ({ w }) => {
      w.sqs.purgeQueue({ queue: 'd' });
      return w.sqs.purgeQueue({ queue: 'd' });
    },
    'PurgeQueueInProgress',
    'Only one PurgeQueue operation on d is allowed every 60 seconds.',
  ],
  [
    'an unknown attribute',
    ({ w }) => w.sqs.getQueueAttributes({ queue: 'q', attributeNames: ['foobar'] }),
    'InvalidAttributeName',
    'Unknown Attribute Foobar.',
  ],
  [
    'an attribute out of range',
    ({ w }) => w.sqs.createQueue({ queue: 'x', attributes: { maximumMessageSize: 1023 } }),
    'InvalidAttributeValue',
    'Invalid value for the parameter MaximumMessageSize.',
  ],
  [
    'an attribute of FIFO queues',
    ({ w }) =>
      w.sqs.setQueueAttributes({ queue: 'q', attributes: { deduplicationScope: 'queue' } }),
    'InvalidAttributeName',
    'Unknown Attribute DeduplicationScope.',
  ],
  ['no name', ({ w }) => w.sqs.createQueue({} as never), 'MissingParameter', /QueueName/u],
  [
    'an odd name',
    ({ w }) => w.sqs.createQueue({ queue: 'a b' }),
    'InvalidParameterValue',
    /^The queue name can only include/u,
  ],
  [
    'a FIFO queue without its suffix',
    ({ w }) => w.sqs.createQueue({ queue: 'x', attributes: { fifoQueue: true } }),
    'InvalidParameterValue',
    /must end with \.fifo suffix/u,
  ],
  [
    'another queue of the same name',
    ({ w }) => w.sqs.createQueue({ queue: 'q', attributes: { delaySeconds: 7 } }),
    'QueueNameExists',
    'A queue already exists with the same name and a different value for attribute DelaySeconds',
  ],
  [
    'a name just given up',
    ({ w }) => {
      w.sqs.deleteQueue({ queue: 'q' });
      return w.sqs.createQueue({ queue: 'q' });
    },
    'QueueDeletedRecently',
    'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
  ],
  [
    'half a redrive policy',
    ({ w }) =>
      w.sqs.setQueueAttributes({
        queue: 'q',
        attributes: { redrivePolicy: { deadLetterTarget: 'd' } },
      }),
    'InvalidParameterValue',
    /Redrive policy does not contain mandatory attribute: maxReceiveCount\.$/u,
  ],
  [
    'a redrive policy that is none',
    ({ w }) => w.sqs.setQueueAttributes({ queue: 'q', attributes: { redrivePolicy: 'x' } }),
    'InvalidParameterValue',
    /RedrivePolicy/u,
  ],
  [
    'a dead-letter queue that is not there',
    ({ w }) =>
      w.sqs.setQueueAttributes({
        queue: 'q',
        attributes: { redrivePolicy: { deadLetterTarget: 'x', maxReceiveCount: 1 } },
      }),
    'InvalidParameterValue',
    /Dead letter target does not exist\.$/u,
  ],
  [
    'a dead-letter queue of the other kind',
    ({ w }) =>
      w.sqs.setQueueAttributes({
        queue: 'q.fifo',
        attributes: { redrivePolicy: { deadLetterTarget: 'd', maxReceiveCount: 1 } },
      }),
    'InvalidParameterValue',
    /^Value .* for parameter RedrivePolicy/u,
  ],
  [
    'its own dead-letter queue',
    ({ w }) =>
      w.sqs.setQueueAttributes({
        queue: 'q',
        attributes: { redrivePolicy: { deadLetterTarget: 'q', maxReceiveCount: 1 } },
      }),
    'InvalidParameterValue',
    /cannot be its own/u,
  ],
  [
    'a move from no dead-letter queue',
    ({ w }) => w.sqs.startMessageMoveTask({ source: 'q' }),
    'InvalidParameterValue',
    'Source queue must be configured as a Dead Letter Queue.',
  ],
  [
    'a move to nowhere',
    ({ w }) => w.sqs.startMessageMoveTask({ source: 'd', destination: 'x' }),
    'ResourceNotFoundException',
    "The resource that you specified for the DestinationArn parameter doesn't exist.",
  ],
  [
    'a move to itself',
    ({ w }) => w.sqs.startMessageMoveTask({ source: 'd', destination: 'd' }),
    'InvalidParameterValue',
    /cannot be the same/u,
  ],
  [
    'a move to the other kind',
    ({ w }) => w.sqs.startMessageMoveTask({ source: 'd', destination: 'q.fifo' }),
    'InvalidParameterValue',
    /DestinationArn/u,
  ],
  [
    'too fast a move',
    ({ w }) => w.sqs.startMessageMoveTask({ source: 'd', maxNumberOfMessagesPerSecond: 501 }),
    'InvalidParameterValue',
    /between 1 and 500/u,
  ],
  [
    'a second move',
    ({ w }) => {
      w.sqs.sendMessage({ queue: 'd', messageBody: 'a' });
      w.sqs.sendMessage({ queue: 'd', messageBody: 'a' });
      w.sqs.startMessageMoveTask({
        source: 'd',
        destination: 'q',
        maxNumberOfMessagesPerSecond: 1,
      });
      return w.sqs.startMessageMoveTask({ source: 'd' });
    },
    'InvalidParameterValue',
    'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
  ],
  [
    'an unknown task',
    ({ w }) => w.sqs.cancelMessageMoveTask({ taskHandle: 'foobared' }),
    'InvalidParameterValue',
    'Value for parameter TaskHandle is invalid.',
  ],
];

describe('AWS refuses', () => {
  test.each(refusals)('%s', (_what, refused, code, message) => {
    const staged = stage();
    const { error, done, value } = refused(staged);
    expect({ done, value, code: error?.code }).toEqual({ done: true, value: null, code });
    if (typeof message === 'string') expect(error!.message).toBe(message);
    else expect(error!.message).toMatch(message);
    expect(Object.keys(error!)).toEqual(['code', 'message']);
  });
});

describe('a refused request changes nothing', () => {
  test('no message comes, none is lost, no attribute moves', () => {
    const { w } = stage();
    const look = () =>
      ['q', 'd', 'q.fifo'].map((queue) => w.sqs.getQueueAttributes({ queue }).value);
    const before = look();
    const idle = [
      'a change of what is gone',
      'an expired receipt of a FIFO queue',
      'more than twelve hours',
      'a purge too soon',
      'a name just given up',
      'a second move',
    ];
    const staged = { w, receipt: 'x', fifoReceipt: 'x' };
    for (const [what, refused] of refusals) {
      if (idle.includes(what)) continue;
      expect(refused(staged).error, what).not.toBeNull();
      expect(look(), what).toEqual(before);
    }
  });

  test('all attributes of a request, or none', () => {
    const { w } = stage();
    const attributes = { visibilityTimeout: 5, delaySeconds: 901 };
    expect(w.sqs.setQueueAttributes({ queue: 'q', attributes }).error!.code).toBe(
      'InvalidAttributeValue',
    );
    expect(w.sqs.getQueueAttributes({ queue: 'q' }).value!.attributes['visibilityTimeout']).toBe(
      30,
    );
  });
});

describe('message attributes', () => {
  const send = (messageAttributes: unknown): string | undefined => {
    const { w } = stage();
    const request = { queue: 'q', messageBody: 'a', messageAttributes: messageAttributes as never };
    return w.sqs.sendMessage(request).error?.code;
  };
  const text = { dataType: 'String', stringValue: 'x' };

  test.each([
    ['letters of any script', { 'attr.1øßä': text }],
    ['a type with a label', { a: { dataType: 'Number.int', stringValue: '-1.5e3' } }],
    ['ten', Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`a${i}`, text]))],
  ])('%s', (_what, attributes) => expect(send(attributes)).toBeUndefined());

  test.each([
    ['eleven', Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`a${i}`, text]))],
    ['a name of AWS', { 'aWs.x': text }],
    ['a name of Amazon', { 'AMAZON.x': text }],
    ['a period first', { '.x': text }],
    ['a period last', { 'x.': text }],
    ['two periods', { 'x..y': text }],
    ['an odd character', { 'x!': text }],
    ['too long a name', { ['x'.repeat(257)]: text }],
    ['no type', { a: { stringValue: 'x' } }],
    ['an odd type', { a: { dataType: 'Invalid', stringValue: 'x' } }],
    ['an empty value', { a: { dataType: 'String', stringValue: '' } }],
    ['no value', { a: { dataType: 'Binary', stringValue: 'x' } }],
    ['illegal characters', { a: { dataType: 'String', stringValue: 'x\u0008' } }],
    ['a number that is none', { a: { dataType: 'Number', stringValue: 'x' } }],
  ])('%s is refused', (_what, attributes) =>
    expect(send(attributes)).toBe('InvalidParameterValue'),
  );
});
