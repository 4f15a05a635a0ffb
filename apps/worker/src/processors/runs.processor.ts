import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import { workerOptions } from '@tranche/casework';
import { quietly } from '../queue/queues.js';
import { Rounds } from '../rounds.js';

/** "A run without application has lines to decide or cases to open." */
@Processor('runs', workerOptions)
export class RunsProcessor extends WorkerHost {
  private readonly report = quietly('runs');

  constructor(@Inject(Rounds) private readonly rounds: Rounds) {
    super();
  }

  process(): Promise<void> {
    return this.rounds.run('runs');
  }

  @OnWorkerEvent('error')
  unreachable(error: Error): void {
    this.report(error);
  }
}
