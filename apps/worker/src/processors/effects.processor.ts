import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import { workerOptions } from '@tranche/casework';
import { quietly } from '../queue/queues.js';
import { Rounds } from '../rounds.js';

/** "There are effects to carry out." */
@Processor('effects', workerOptions)
export class EffectsProcessor extends WorkerHost {
  private readonly report = quietly('effects');

  constructor(@Inject(Rounds) private readonly rounds: Rounds) {
    super();
  }

  process(): Promise<void> {
    return this.rounds.run('effects');
  }

  @OnWorkerEvent('error')
  unreachable(error: Error): void {
    this.report(error);
  }
}
