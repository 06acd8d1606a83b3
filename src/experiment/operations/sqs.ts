/** `w.sqs`: the operations of SQS, by AWS's names in camelCase. Each acts at `w.now` and returns a Call. */

import type { BatchResult } from './batch-requests.js';
import type { Call } from './call.js';
import { Client } from './client.js';
import type {
  ChangeMessageVisibilityBatchRequest,
  ChangeMessageVisibilityRequest,
  DeleteMessageBatchRequest,
  DeleteMessageRequest,
  Nothing,
} from './handle-operations.js';
import { HandleOperations } from './handle-operations.js';
import type {
  CancelMessageMoveTaskRequest,
  ListedTask,
  ListMessageMoveTasksRequest,
  StartMessageMoveTaskRequest,
} from './move-operations.js';
import { MoveOperations } from './move-operations.js';
import type { OperatedWorld } from './operated-world.js';
import type {
  CreateQueueRequest,
  GetQueueAttributesRequest,
  QueueAttributes,
  QueueRequest,
  SetQueueAttributesRequest,
} from './queue-operations.js';
import { QueueOperations } from './queue-operations.js';
import type { Queues } from './queues.js';
import { Receipts } from './receipts.js';
import type { ReceiveMessageRequest, ReceiveResult } from './receives.js';
import { Receives } from './receives.js';
import type {
  SendMessageBatchRequest,
  SendMessageRequest,
  SendResult,
  SentEntry,
} from './sends.js';
import { Sends } from './sends.js';

export class SqsOperations {
  private readonly queues: QueueOperations;
  private readonly sends: Sends;
  private readonly receives: Receives;
  private readonly handles: HandleOperations;
  private readonly moves: MoveOperations;

  constructor(operated: OperatedWorld, queues: Queues) {
    const client = new Client(operated);
    const receipts = new Receipts(operated.book.texts);
    this.queues = new QueueOperations(client, queues);
    this.sends = new Sends(client, queues);
    this.receives = new Receives(client, queues, receipts);
    this.handles = new HandleOperations(client, queues, receipts);
    this.moves = new MoveOperations(client, queues);
  }

  createQueue(request: CreateQueueRequest): Call<QueueRequest> {
    return this.queues.createQueue(request);
  }

  deleteQueue(request: QueueRequest): Call<Nothing> {
    return this.queues.deleteQueue(request);
  }

  setQueueAttributes(request: SetQueueAttributesRequest): Call<Nothing> {
    return this.queues.setQueueAttributes(request);
  }

  getQueueAttributes(
    request: GetQueueAttributesRequest,
  ): Call<{ readonly attributes: QueueAttributes }> {
    return this.queues.getQueueAttributes(request);
  }

  purgeQueue(request: QueueRequest): Call<Nothing> {
    return this.queues.purgeQueue(request);
  }

  sendMessage(request: SendMessageRequest): Call<SendResult> {
    return this.sends.sendMessage(request);
  }

  sendMessageBatch(request: SendMessageBatchRequest): Call<BatchResult<SentEntry>> {
    return this.sends.sendMessageBatch(request);
  }

  receiveMessage(request: ReceiveMessageRequest): Call<ReceiveResult> {
    return this.receives.receiveMessage(request);
  }

  deleteMessage(request: DeleteMessageRequest): Call<Nothing> {
    return this.handles.deleteMessage(request);
  }

  deleteMessageBatch(request: DeleteMessageBatchRequest): Call<BatchResult> {
    return this.handles.deleteMessageBatch(request);
  }

  changeMessageVisibility(request: ChangeMessageVisibilityRequest): Call<Nothing> {
    return this.handles.changeMessageVisibility(request);
  }

  changeMessageVisibilityBatch(request: ChangeMessageVisibilityBatchRequest): Call<BatchResult> {
    return this.handles.changeMessageVisibilityBatch(request);
  }

  startMessageMoveTask(
    request: StartMessageMoveTaskRequest,
  ): Call<{ readonly taskHandle: string }> {
    return this.moves.startMessageMoveTask(request);
  }

  cancelMessageMoveTask(
    request: CancelMessageMoveTaskRequest,
  ): Call<{ readonly approximateNumberOfMessagesMoved: number }> {
    return this.moves.cancelMessageMoveTask(request);
  }

  listMessageMoveTasks(
    request: ListMessageMoveTasksRequest,
  ): Call<{ readonly results: readonly ListedTask[] }> {
    return this.moves.listMessageMoveTasks(request);
  }
}
