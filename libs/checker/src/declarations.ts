import { type Arrow, type CaseMachine, eventTypes, type Region } from '@tranche/machines';
import { type Breach, breach } from './rules.js';

/** What a machine declares, judged without running it: who may say what, and why each arrow is there. */
export function judgeDeclarations(machine: CaseMachine): readonly Breach[] {
  const silent = [...eventTypes(machine.policy).values()].find(({ source }) => source.kind === 'person' && source.roles.length === 0);
  const bare = machine.regions.flatMap(arrowsOf).find(({ why }) => why.zh.trim() === '' || why.en.trim() === '');
  return [
    ...(silent ? [breach('role-missing', `${silent.type} 没有可提出的角色`, `no role may send ${silent.type}`)] : []),
    ...(bare
      ? [
          breach(
            'description-missing',
            `流转（到 ${bare.to ?? '原状态'}）没有说明`,
            `an arrow to ${bare.to ?? 'its own state'} does not say why`,
          ),
        ]
      : []),
  ];
}

const arrowsOf = (region: Region): readonly Arrow[] =>
  [region, ...Object.values(region.states)].flatMap((one) => [
    ...Object.values(one.on ?? {}).flat(),
    ...('always' in one ? (one.always ?? []) : []),
  ]);
