/** Class hours of the project: a session counts as often as 45 minutes fit into it, or once where long sessions are not divided. */
export const hours =
  "sum(sessions.map(s, p.sessionRounding == 'WHOLE_HOURS' ? wholes(s.minutes, p.classHourMinutes) : least(1, wholes(s.minutes, p.classHourMinutes))))";

/** Fen of one trainee `t`: hours attended at the rate, up to what the year leaves: of what was paid elsewhere (told), and of what other cases of ours took (on our books). */
export const perTrainee = `least((${hours} - t.missedHours) * p.hourFen, greatest(0, p.yearlyCapFen - t.paidThisYearFen - t.paidBookedFen))`;
