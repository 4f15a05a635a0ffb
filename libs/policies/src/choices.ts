import type { Expression, PolicyProblem } from './compile.js';
import type { Choices, FactType, Policy } from './policy.js';

/** What is one of few codes is a text, names each code once, and what may add to them is a list. */
export const choiceProblems = (policy: Policy): PolicyProblem[] =>
  Object.entries(policy.facts).flatMap(([name, { type, columns = {}, ...own }]) => [
    ...problemsOf(policy, `facts.${name}`, type, own),
    ...Object.entries(columns).flatMap(([column, codes]) =>
      problemsOf(policy, `facts.${name}.columns.${column}`, typeof type === 'object' ? type.list[column] : undefined, codes),
    ),
  ]);

function problemsOf(
  { parameters }: Policy,
  path: string,
  type: FactType | undefined,
  { oneOf = [], others }: Partial<Choices>,
): PolicyProblem[] {
  const values = oneOf.map(({ value }) => value);
  const twice = values.filter((value, place) => values.indexOf(value) !== place);
  const adding = parameters.find(({ key }) => key === others);
  const messages = [
    ...(oneOf.length > 0 && type !== 'string' ? ['only a text is one of few codes'] : []),
    ...twice.map((value) => `the code '${value}' is named twice`),
    ...(others !== undefined && oneOf.length === 0 ? ['names more codes where there are none'] : []),
    ...(others !== undefined && !Array.isArray(adding?.value) ? [`'${others}' is no parameter that holds a list`] : []),
  ];
  return messages.map((message) => ({ path, message }));
}

/** A rule that waits for a code nobody can choose would never hold. */
export const comparedProblems = ({ facts }: Policy, expressions: readonly Expression[]): PolicyProblem[] =>
  expressions.flatMap(({ id, reading }) =>
    reading.compared.flatMap(({ name, text }) => {
      const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
      const known = fact?.oneOf === undefined || fact.others !== undefined || fact.oneOf.some(({ value }) => value === text);
      return known ? [] : [{ path: id, message: `'${text}' is no code of '${name}'` }];
    }),
  );
