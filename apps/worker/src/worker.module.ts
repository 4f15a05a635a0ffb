import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { jobOptions, topics } from '@tranche/casework';
import type { QueueOptions } from 'bullmq';
import { BankProcessor } from './processors/bank.processor.js';
import { DeadlinesProcessor } from './processors/deadlines.processor.js';
import { EffectsProcessor } from './processors/effects.processor.js';
import { RunsProcessor } from './processors/runs.processor.js';
import { SendingProcessor } from './processors/sending.processor.js';
import { Rounds } from './rounds.js';

/** Who listens, one for each kind of work. */
export const processors = [EffectsProcessor, SendingProcessor, BankProcessor, DeadlinesProcessor, RunsProcessor] as const;

/** The queues and who listens to them. */
@Module({})
export class WorkerModule {
  static on(rounds: Rounds, backend: Pick<QueueOptions, 'connection' | 'prefix'>): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        BullModule.forRoot(backend),
        BullModule.registerQueue(...topics.map((name) => ({ name, defaultJobOptions: jobOptions[name] }))),
      ],
      providers: [{ provide: Rounds, useValue: rounds }, ...processors],
    };
  }
}

/** Under which token Nest hands out the queue of a kind of work. */
export const queueToken = (topic: string): string => getQueueToken(topic);
