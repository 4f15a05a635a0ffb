import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import { workerOptions } from '@tranche/casework';
import { quietly } from '../queue/queues.js';
import { Rounds } from '../rounds.js';

/** "A deadline may be due." */
@Processor('deadlines', workerOptions)
export class DeadlinesProcessor extends WorkerHost {
  private readonly report = quietly('deadlines');

  constructor(@Inject(Rounds) private readonly rounds: Rounds) {
    super();
  }

  process(): Promise<void> {
    return this.rounds.run('deadlines');
  }

  @OnWorkerEvent('error')
  unreachable(error: Error): void {
    this.report(error);
  }
}
