import type { PolicyProblem } from './compile.js';
import type { Booked, Fact, Policy } from './policy.js';

/** People whom our own books name: the facts of the month and what they show must be declared. */
export function beneficiaryProblems({ beneficiaries, facts, plan }: Policy): PolicyProblem[] {
  if (!beneficiaries) return [];
  const { from, until, shows } = beneficiaries;
  const message = 'beneficiaries need two dates and a yes or no among the facts, and a plan that nobody applies under';
  const sound = facts[from]?.type === 'date' && facts[until]?.type === 'date' && facts[shows]?.type === 'bool';
  return sound && plan.entry === 'noApplication' ? [] : [{ path: 'beneficiaries', message }];
}

/** Months that our own books put in: counted by an exclusion of this policy, for people who are named, by period. */
export function bookedProblems({ facts, exclusions }: Policy): PolicyProblem[] {
  const counting = exclusions.flatMap((each) => ('limit' in each && each.limit === 'counted' ? [each.group] : []));
  const capping = exclusions.flatMap((each) =>
    'limit' in each && typeof each.limit === 'object' && each.per === 'year' ? [each.group] : [],
  );
  return Object.entries(facts).flatMap(([name, fact]) => {
    const { booked } = fact;
    const lacking = fact.otherwise === undefined || fact.type === 'int' ? [] : ['only a whole number may be taken as 0'];
    const wrong = !booked
      ? lacking
      : booked.fen
        ? [...lacking, ...wrongTaken(fact, booked, capping)]
        : [...lacking, ...wrongBooked(fact, booked, facts, counting)];
    return wrong.map((message) => ({ path: `facts.${name}`, message }));
  });
}

function wrongTaken(fact: Fact, { person, column = '', group }: Booked, capping: readonly string[]): string[] {
  const columns = typeof fact.type === 'object' ? fact.type.list : {};
  return [
    ...(fact.per ? ['what was taken of a cap is asked for the case, not for a period'] : []),
    ...(columns[person] === 'person' && columns[column] === 'int'
      ? []
      : ['fen taken need a list with a person and a whole number beside him']),
    ...(capping.includes(group) ? [] : [`no exclusion caps '${group}' by the year`]),
  ];
}

function wrongBooked(fact: Fact, booked: Booked, facts: Policy['facts'], counting: readonly string[]): string[] {
  const columns = typeof fact.type === 'object' ? fact.type.list : null;
  const named = columns
    ? columns[booked.person] === 'person' && columns[booked.column ?? ''] === 'int'
    : fact.type === 'int' && fact.from === 'ledger' && fact.otherwise === 0 && facts[booked.person]?.type === 'person';
  return [
    ...(fact.per === 'period' ? [] : ['months are counted for the claim of a period']),
    ...(named ? [] : ['booked months need a person and a whole number beside him']),
    ...(counting.includes(booked.group) ? [] : [`no exclusion counts '${booked.group}'`]),
    ...(booked.since === undefined || facts[booked.since]?.type === 'date' ? [] : [`no date is named '${booked.since}'`]),
  ];
}
