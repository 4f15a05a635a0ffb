import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import { workerOptions } from '@tranche/casework';
import { quietly } from '../queue/queues.js';
import { Rounds } from '../rounds.js';

/** "The bank may have news, or owes an answer." */
@Processor('bank', workerOptions)
export class BankProcessor extends WorkerHost {
  private readonly report = quietly('bank');

  constructor(@Inject(Rounds) private readonly rounds: Rounds) {
    super();
  }

  process(): Promise<void> {
    return this.rounds.run('bank');
  }

  @OnWorkerEvent('error')
  unreachable(error: Error): void {
    this.report(error);
  }
}
