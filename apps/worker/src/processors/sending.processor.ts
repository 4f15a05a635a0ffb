import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import { workerOptions } from '@tranche/casework';
import { quietly } from '../queue/queues.js';
import { Rounds } from '../rounds.js';

/** "There are signed batches to send." */
@Processor('sending', workerOptions)
export class SendingProcessor extends WorkerHost {
  private readonly report = quietly('sending');

  constructor(@Inject(Rounds) private readonly rounds: Rounds) {
    super();
  }

  process(): Promise<void> {
    return this.rounds.run('sending');
  }

  @OnWorkerEvent('error')
  unreachable(error: Error): void {
    this.report(error);
  }
}
