"use strict";
/*
 * The engine of the page: one roll call under one rule gives one outcome, as unvote.engine,
 * unvote.measures, unvote.reach and unvote.rulings decide it, test by test. The rules are the
 * program's own values, read from the page's data; nothing here knows a body.
 *
 * Weights, shares and what is needed are BigInt, members are counted in numbers: all is exact.
 * Truth has three values: true, false and null (not to be told from what is known).
 */
const Engine = (() => {
  const VOTES = ["yes", "no", "abstain", "absent", "undecided"];
  const COMPLETIONS = ["yes", "no", "abstain", "absent"];
  const MOST_COMPLETIONS = 300000;
  const VOTING = ["yes", "no"];
  const CASTING = ["yes", "no", "abstain"];
  const NOT_YES = ["no", "abstain", "absent", "undecided"];

  const big = (value) => BigInt(value);
  const least = (a, b) => (a < b ? a : b);
  const most = (a, b) => (a > b ? a : b);
  const absolute = (a) => (a < 0n ? -a : a);

  /* ------------------------------------------------------------- values from the page's data */

  /** A body as it sat: sets for classes, exact weights. */
  function compositionOf(data) {
    const weights = new Map();
    for (const [column, values] of Object.entries(data.weights)) {
      weights.set(column, new Map(Object.entries(values).map(([code, value]) => [code, big(value)])));
    }
    return {
      seats: data.seats,
      members: data.members === null ? null : new Set(data.members),
      classes: new Map(Object.entries(data.classes).map(([name, codes]) => [name, new Set(codes)])),
      weights,
      errors: new Map(Object.entries(data.errors).map(([column, error]) => [column, big(error)])),
    };
  }

  const fractionOf = ([top, bottom]) => ({ top: big(top), bottom: big(bottom) });

  /** A condition: a threshold, or several of which all or any must hold. */
  function conditionOf(data) {
    if (data.all) return { all: data.all.map(conditionOf) };
    if (data.any) return { any: data.any.map(conditionOf) };
    return { ...data, amount: fractionOf(data.amount) };
  }

  function deemedOf(data) {
    const limit = data.fewer_than;
    const blocking = typeof limit === "object" ? { ...limit, share: fractionOf(limit.share) } : null;
    return { ...data, blocking, number: blocking ? null : big(limit) };
  }

  /** A rule, its numbers exact. */
  function ruleOf(data) {
    return {
      ...data,
      needs: data.needs.map(conditionOf),
      quorum: data.quorum && conditionOf(data.quorum),
      deemed: data.deemed && deemedOf(data.deemed),
    };
  }

  /** The thresholds of a condition, in order. */
  function leaves(condition) {
    const parts = condition.all || condition.any;
    return parts ? parts.flatMap(leaves) : [condition];
  }

  const thresholds = (rule) => rule.needs.flatMap(leaves);
  const same = (votes, others) => votes.length === others.length && votes.every((v) => others.includes(v));
  const countsYes = (bar) => same(bar.counting, ["yes"]);
  const monotone = (rule) => thresholds(rule).every(countsYes);

  /* ------------------------------------------------------------------------------ roll calls */

  /** A roll call from the page's data; `named` is a list of [code, vote]. */
  function rollOf(data, composition) {
    return counted({
      composition,
      named: new Map(data.named),
      unnamed: new Map(Object.entries(data.unnamed)),
      notEntitled: new Set(data.not_entitled),
      notParticipating: new Set(data.not_participating),
      parties: new Set(data.parties),
      present: data.present,
      casting: data.casting_vote,
    });
  }

  /** A roll call with its tally, in number of members. */
  function counted(roll) {
    const tally = Object.fromEntries(VOTES.map((vote) => [vote, roll.unnamed.get(vote) || 0]));
    for (const vote of roll.named.values()) tally[vote] += 1;
    tally.notEntitled = roll.notEntitled.size;
    tally.notParticipating = roll.notParticipating.size;
    return { ...roll, tally };
  }

  const castIn = (tally) => tally.yes + tally.no + tally.abstain;

  function withVotes(roll, votes) {
    return counted({ ...roll, named: new Map([...roll.named, ...votes]) });
  }

  function settleUndecided(roll, vote) {
    const named = new Map();
    for (const [code, cast] of roll.named) named.set(code, cast === "undecided" ? vote : cast);
    const unnamed = new Map(roll.unnamed);
    const left = unnamed.get("undecided") || 0;
    unnamed.delete("undecided");
    if (left) unnamed.set(vote, (unnamed.get(vote) || 0) + left);
    return counted({ ...roll, named, unnamed });
  }

  const sum = (values) => values.reduce((total, value) => total + value, 0n);
  const weightIn = (weights, code) => (weights === null ? 1n : weights.get(code) ?? 0n);

  /** The members named and outside the count: none of them can be behind a vote without a name. */
  function taken(roll, code) {
    return roll.named.has(code) || roll.notEntitled.has(code) || roll.notParticipating.has(code);
  }

  /** The least and the most members, or weight, of `among` that did one of these votes. */
  function extent(roll, votes, among, weights) {
    let known = 0n;
    for (const [code, cast] of roll.named) {
      if (votes.includes(cast) && (among === null || among.has(code))) known += weightIn(weights, code);
    }
    let loose = 0;
    for (const [vote, count] of roll.unnamed) if (votes.includes(vote)) loose += count;
    if (!loose) return [known, known];
    if (among === null && weights === null) return [known + big(loose), known + big(loose)];
    const [low, high] = looseExtent(roll, loose, among, weights);
    return [known + low, known + high];
  }

  /** The least and the most that so many votes without names can add within `among`. */
  function looseExtent(roll, loose, among, weights) {
    const everyone = roll.composition.members;
    let pool, outside;
    if (everyone === null) {
      const inside = among === null ? [...(weights ? weights.keys() : [])] : [...among];
      pool = inside.filter((code) => !roll.named.has(code));
      outside = roll.composition.seats;
    } else {
      const free = [...everyone].filter((code) => !taken(roll, code));
      pool = among === null ? free : free.filter((code) => among.has(code));
      outside = free.length - pool.length;
    }
    const sizes = pool.map((code) => weightIn(weights, code));
    sizes.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const fewest = Math.max(0, loose - outside);
    const greatest = Math.min(loose, sizes.length);
    return [sum(sizes.slice(0, fewest)), sum(sizes.slice(sizes.length - greatest))];
  }

  /* ---------------------------------------------------------------- one test at a time (measures) */

  const classOf = (roll, name) => (name === null ? null : roll.composition.classes.get(name));
  const columnOf = (roll, name) => (name === null ? null : roll.composition.weights.get(name));

  /** How far `have` is above the bar (below it: negative), in parts of the denominator. */
  function slack(bar, have, of) {
    return have * bar.amount.bottom - bar.amount.top * (bar.base === null ? 1n : of);
  }

  function meets(bar, have, of) {
    const over = slack(bar, have, of);
    return (bar.bar === "at least" ? over >= 0n : over > 0n) && (have > 0n || !countsYes(bar));
  }

  /** The least whole number that meets the bar; at least 1 where yes votes count. */
  function needOf(bar, of) {
    const right = bar.amount.top * (bar.base === null ? 1n : of);
    const bottom = bar.amount.bottom;
    const whole = bar.bar === "at least" ? (right + bottom - 1n) / bottom : right / bottom + 1n;
    return countsYes(bar) ? most(whole, 1n) : whole;
  }

  /** Whether equal yes and no votes are a tie under it: a majority of those voting. */
  function ties(bar) {
    return bar.bar === "more than" && bar.amount.top * 2n === bar.amount.bottom
      && bar.base === "present and voting" && countsYes(bar) && bar.by === null && bar.among === null;
  }

  /** How far the rounding of the weights can move the slack of a threshold, either way. */
  function doubt(roll, bar) {
    const error = (bar.by !== null && roll.composition.errors.get(bar.by)) || 0n;
    const { top, bottom } = bar.amount;
    return error * (bar.base === null ? bottom : most(top, bottom - top));
  }

  function certain(roll, bar, have, of) {
    const error = doubt(roll, bar);
    return !error || absolute(slack(bar, have, of)) > error;
  }

  /** The least and most members in a base; nothing for a plain count. */
  function plainBase(roll, base) {
    const { tally, composition, present } = roll;
    const sizes = {
      "present and voting": () => tally.yes + tally.no,
      cast: () => castIn(tally),
      members: () => composition.seats,
      eligible: () => composition.seats - tally.notEntitled - tally.notParticipating,
      present: () => present,
    };
    if (base === null) return null;
    if (base === "present" && present === null) return [big(castIn(tally)), big(composition.seats)];
    const size = big(sizes[base]());
    return [size, size];
  }

  /** The number of members, or their weight, within a class. */
  function sizeOf(everyone, among, weights) {
    return sum(everyone.filter((code) => among === null || among.has(code)).map((c) => weightIn(weights, c)));
  }

  /** The least and most of a threshold's base, within its class if it has one. */
  function baseSize(roll, bar) {
    if (bar.base === null || (bar.among === null && bar.by === null)) return plainBase(roll, bar.base);
    const among = classOf(roll, bar.among);
    const weights = columnOf(roll, bar.by);
    if (bar.base === "present and voting") return extent(roll, VOTING, among, weights);
    if (bar.base === "cast") return extent(roll, CASTING, among, weights);
    const { members } = roll.composition;
    const listed = weights && weights.size ? [...weights.keys()] : [...(among || [])];
    let everyone = members && members.size ? [...members] : listed;
    if (bar.base === "present") {
      return [extent(roll, CASTING, among, weights)[0], sizeOf(everyone, among, weights)];
    }
    if (bar.base === "eligible") {
      everyone = everyone.filter((c) => !roll.notEntitled.has(c) && !roll.notParticipating.has(c));
    }
    const size = sizeOf(everyone, among, weights);
    return [size, size];
  }

  function plainCount(roll, bar) {
    return big(bar.counting.reduce((total, vote) => total + roll.tally[vote], 0));
  }

  const finding = (kind, subject, found) => ({
    kind, subject, need: 0n, have: 0n, most: 0n, of: null, met: null, who: [], alternative: false,
    ofMost: null, ...found,
  });

  /** Test one threshold. Without names, it is met or not only if no allocation disagrees. */
  function thresholdTest(roll, bar, alternative) {
    const plain = bar.among === null && bar.by === null;
    const [fewest, greatest] = plain
      ? [plainCount(roll, bar), plainCount(roll, bar)]
      : extent(roll, bar.counting, classOf(roll, bar.among), columnOf(roll, bar.by));
    let [low, high] = baseSize(roll, bar) || [0n, 0n];
    let met = null;
    if (meets(bar, fewest, high) && certain(roll, bar, fewest, high)) met = true;
    else if (!meets(bar, greatest, low) && certain(roll, bar, greatest, low)) met = false;
    if (bar.base === "present" && roll.present === null && low !== high) low = high;
    return finding("need", bar, {
      need: needOf(bar, low), have: fewest, most: greatest, of: bar.base === null ? null : low, met, alternative,
    });
  }

  /** Whether enough members were present; not known unless the record or the votes show it. */
  function quorumTest(roll, quorum) {
    const base = plainBase(roll, quorum.base);
    const of = base === null ? null : base[0];
    const have = big(roll.present === null ? castIn(roll.tally) : roll.present);
    const met = meets(quorum, have, of ?? 0n) ? true : roll.present === null ? null : false;
    return [finding("quorum", quorum, { need: needOf(quorum, of ?? 0n), have, most: have, of, met })];
  }

  /** Whether too few members oppose for the text to fail. */
  function deemedTest(roll, deemed) {
    const { tally } = roll;
    const [low, high] = deemed.blocking
      ? blockingSizes(roll, deemed.blocking)
      : [deemed.number, deemed.number];
    let against = deemed.counting.reduce((total, vote) => total + tally[vote], 0);
    // Of all members: who takes no part does not vote yes either.
    const ofAll = !deemed.blocking && same(deemed.counting, NOT_YES);
    if (ofAll) against += tally.notParticipating + tally.notEntitled;
    const have = big(against);
    let met = have < low && tally.yes > 0;
    if (low <= have && have < high && tally.yes) met = null; // the rounding of the weights decides
    return [finding("deemed adopted", deemed, { need: high, have, most: have, met })];
  }

  /** The fewest eligible members that together exceed a share of the weight, at least and at most. */
  function blockingSizes(roll, blocking) {
    const { top, bottom } = blocking.share;
    const plus = big(blocking.plus);
    const error = most(top, bottom - top) * (roll.composition.errors.get(blocking.by) || 0n);
    const sizes = [];
    for (const [code, size] of columnOf(roll, blocking.by)) {
      if (!roll.notEntitled.has(code) && !roll.notParticipating.has(code)) sizes.push(size);
    }
    sizes.sort((a, b) => (a > b ? -1 : a < b ? 1 : 0));
    const total = sum(sizes);
    let [held, fewest, number] = [0n, 0n, 0n];
    for (const size of sizes) {
      number += 1n;
      held += size;
      const over = held * bottom - total * top;
      if (over > -error && !fewest) fewest = number;
      if (over > error) return [(fewest || number) + plus, number + plus];
    }
    return [(fewest || number) + plus, number + plus];
  }

  /** Whether as many vote yes as no; met only where a casting vote breaks the tie for the text. */
  function tieTest(roll, rule) {
    const { tally } = roll;
    if (tally.yes !== tally.no || !tally.yes) return [];
    let met = false;
    if (rule.tie.policy === "casting vote") met = roll.casting === null ? null : roll.casting === "yes";
    return [finding("tie", rule.tie, { met })];
  }

  const vetoing = (veto) => (veto.on === "not yes" ? NOT_YES : ["no"]);
  const sorted = (codes) => [...codes].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

  /** Who can use the veto: nothing where every member can. */
  function holdersOf(roll, veto, partiesOut) {
    const holders = classOf(roll, veto.by);
    if (!partiesOut || !roll.parties.size) return holders;
    const { members } = roll.composition;
    const everyone = members && members.size ? members : new Set(roll.named.keys());
    return new Set([...(holders ?? everyone)].filter((code) => !roll.parties.has(code)));
  }

  /** Whether a holder of the veto used it; met if none did. */
  function vetoTest(roll, veto, partiesOut) {
    const holders = holdersOf(roll, veto, partiesOut);
    const votes = vetoing(veto);
    const [have, greatest] = extent(roll, votes, holders, null);
    const who = [];
    for (const [code, vote] of roll.named) {
      const holds = holders === null || holders.has(code);
      if (holds && votes.includes(vote) && vote !== "undecided") who.push(code);
    }
    const met = have ? false : greatest ? null : true;
    return [finding("veto", veto, { have, most: greatest, met, who: sorted(who) })];
  }

  /* ----------------------------------------------------------------------- the decision (engine) */

  const tied = (found) => found.subject.bar !== undefined && ties(found.subject)
    && 2n * found.have === (found.of || -1n);
  const either = (left, right) => (left || right ? true : left === null || right === null ? null : false);

  /** Whether all conditions hold, with the findings of each; `tie` is what a tie comes to. */
  function allHold(roll, conditions, tie, alternative) {
    let met = true;
    const findings = [];
    for (const condition of conditions) {
      const [part, found] = holds(roll, condition, tie, alternative);
      met = met === false || part === false ? false : part === null ? null : met;
      findings.push(...found);
    }
    return [met, findings];
  }

  /** Whether one condition holds. */
  function holds(roll, condition, tie, alternative) {
    if (condition.all) return allHold(roll, condition.all, tie, alternative);
    if (!condition.any) {
      const found = thresholdTest(roll, condition, alternative);
      if (tie !== false && tied(found)) found.met = tie;
      return [found.met, [found]];
    }
    const parts = condition.any.map((part) => holds(roll, part, tie, true));
    const met = parts.reduce((truth, [part]) => either(truth, part), false);
    const findings = parts.flatMap(([, found]) => found);
    // None of the alternatives holds: each of them is a reason.
    return [met, met === false ? findings.map((one) => ({ ...one, alternative })) : findings];
  }

  /** Verdict and cause from what the tests found. */
  function conclude({ present, carried, isTied, clear }) {
    if (present === false) return ["not adopted", "quorum"];
    if (carried === false) return ["not adopted", isTied ? "tie" : "shortfall"];
    if (carried === null) return [clear === false ? "not adopted" : "open", isTied ? "tie" : "undecided"];
    if (clear === null) return ["open", "undecided"];
    return clear ? ["adopted", null] : ["not adopted", "veto"];
  }

  /** The outcome on the votes as they are listed, nothing assumed of the undecided. */
  function judge(roll, rule) {
    let tie = tieTest(roll, rule);
    const [needsMet, needs] = allHold(roll, rule.needs, tie.length ? tie[0].met : false, false);
    tie = needs.some(tied) ? tie : [];
    const deemed = rule.deemed && needsMet !== true ? deemedTest(roll, rule.deemed) : [];
    let carried = deemed.length ? either(needsMet, deemed[0].met) : needsMet;
    if (!rule.needs.length && !castIn(roll.tally)) carried = false; // silence of all is no consensus
    const veto = rule.veto ? vetoTest(roll, rule.veto, rule.parties_abstain) : [];
    const quorum = rule.quorum ? quorumTest(roll, rule.quorum) : [];
    const unmet = needs.find((found) => !found.met);
    const [verdict, because] = conclude({
      present: quorum.length ? quorum[0].met : null,
      carried,
      isTied: tie.length > 0 && unmet !== undefined && tied(unmet),
      clear: veto.length ? veto[0].met : true,
    });
    const against = veto.length ? veto[0].who : [];
    const vetoed = because === "veto";
    return {
      verdict, because, tally: roll.tally, findings: [...needs, ...deemed, ...tie, ...veto, ...quorum], rule,
      listed: verdict, best: verdict, worst: verdict,
      vetoes: vetoed ? against : [],
      negatives: vetoed || rule.mode === "consensus" ? [] : against,
      proven: !roll.unnamed.size || needs.filter((f) => f.met === null).length <= 1,
    };
  }

  /** An outcome that too many completions stand in the way of settling. */
  const unproven = (listed) => ({
    ...listed, verdict: "open", because: "undecided", best: "open", worst: "open", proven: false,
  });

  /** A test with the base it has once all the undecided vote. */
  function grown(found, full) {
    const other = full.findings.find((each) => each.subject === found.subject);
    return { ...found, ofMost: other ? other.of : null };
  }

  /** A test on the votes listed, with how far the undecided can take it. */
  function stretched(found, best, worst) {
    if (found.kind === "quorum") return found; // of those present: the undecided may stay away
    const ends = [best, worst].flatMap((outcome) => outcome.findings)
      .filter((other) => other.kind === found.kind && other.subject === found.subject);
    const truths = new Set(ends.map((other) => other.met));
    return {
      ...found,
      have: ends.reduce((low, other) => least(low, other.have), found.have),
      most: ends.reduce((high, other) => most(high, other.most), found.most),
      met: truths.size === 1 ? ends[0].met : null,
    };
  }

  /** The outcome when the verdict is known at both extremes. */
  function between(listed, best, worst) {
    const findings = listed.findings.map((found) => stretched(found, best, worst));
    const ends = { ...listed, findings, best: best.verdict, worst: worst.verdict };
    if (best.verdict !== worst.verdict || best.verdict === "open") {
      return { ...ends, verdict: "open", because: "undecided", vetoes: [] };
    }
    if (best.because !== worst.because) {
      const against = best.vetoes.length ? best.vetoes : worst.vetoes;
      const negatives = against.length ? against : ends.negatives;
      return { ...ends, verdict: best.verdict, because: "undecided", vetoes: [], negatives };
    }
    const negatives = best.because === "veto" ? [] : listed.negatives;
    return { ...ends, verdict: best.verdict, because: best.because, vetoes: best.vetoes, negatives };
  }

  /** What a member is to a rule: members that are the same to it can change places. */
  function kindOf(roll, code) {
    const { classes, weights } = roll.composition;
    const inside = [...classes].filter(([, codes]) => codes.has(code)).map(([name]) => name);
    const weighs = [...weights].map(([column, values]) => `${column}=${values.get(code) ?? 0n}`);
    return JSON.stringify([inside, weighs, roll.parties.has(code)]);
  }

  /**
   * Completions of the undecided, in the order of all of them, one of those that differ only in
   * which of several members of a kind cast which vote: the first.
   */
  function* completions(kinds, votes = []) {
    const at = votes.length;
    if (at === kinds.length) {
      yield votes;
      return;
    }
    const before = kinds.lastIndexOf(kinds[at], at - 1);
    const from = at > 0 && before >= 0 ? COMPLETIONS.indexOf(votes[before]) : 0;
    for (const vote of COMPLETIONS.slice(from)) yield* completions(kinds, [...votes, vote]);
  }

  /** Settle a rule that is not monotone by trying every completion, up to a bound. */
  function enumerate(listed, roll, rule) {
    const open = [...roll.named.keys()].filter((code) => roll.named.get(code) === "undecided");
    if (roll.unnamed.get("undecided") || COMPLETIONS.length ** open.length > MOST_COMPLETIONS) {
      return unproven(listed);
    }
    const verdicts = new Map();
    for (const votes of completions(open.map((code) => kindOf(roll, code)))) {
      const outcome = judge(withVotes(roll, open.map((code, at) => [code, votes[at]])), rule);
      if (!verdicts.has(outcome.verdict)) verdicts.set(outcome.verdict, outcome);
    }
    const ends = ["adopted", "open", "not adopted"];
    const best = ends.find((end) => verdicts.has(end));
    const worst = [...ends].reverse().find((end) => verdicts.has(end));
    return between(listed, verdicts.get(best), verdicts.get(worst));
  }

  /** The outcome on a roll call whose every vote counts. */
  function decideCounted(roll, rule) {
    const judged = judge(roll, rule);
    if (!roll.tally.undecided) return judged;
    const full = judge(settleUndecided(roll, "yes"), rule);
    const listed = { ...judged, findings: judged.findings.map((found) => grown(found, full)) };
    if (monotone(rule)) return between(listed, full, judge(settleUndecided(roll, "no"), rule));
    return enumerate(listed, roll, rule);
  }

  /** The roll call as the rule counts it: a party to the dispute abstains (Charter, Art. 27(3)). */
  function effective(roll, rule) {
    if (!rule.parties_abstain || !roll.parties.size) return roll;
    const cast = [...roll.parties].filter((code) => (roll.named.get(code) ?? "absent") !== "absent");
    return withVotes(roll, cast.map((code) => [code, "abstain"]));
  }

  /** The parties to the dispute whose vote is one of those without names. */
  function looseParties(roll) {
    const members = roll.composition.members || new Set();
    return sorted([...roll.parties].filter((code) => members.has(code) && !taken(roll, code)));
  }

  /** Every list of so many votes of these. */
  function* lists(votes, length, start = []) {
    if (start.length === length) yield start;
    else for (const vote of votes) yield* lists(votes, length, [...start, vote]);
  }

  /** The outcome where a party's vote has no name: every vote it can have cast is tried. */
  function whoeverTheyAre(roll, rule, loose) {
    const known = sorted(roll.unnamed.keys());
    if (known.length ** loose.length > MOST_COMPLETIONS) return unproven(judge(roll, rule));
    const outcomes = new Map();
    for (const votes of lists(known, loose.length)) {
      const left = new Map(roll.unnamed);
      for (const vote of votes) left.set(vote, left.get(vote) - 1);
      if ([...left.values()].some((count) => count < 0)) continue;
      const named = new Map([...roll.named, ...loose.map((code, at) => [code, votes[at]])]);
      const outcome = decide(counted({ ...roll, named, unnamed: left }), rule);
      if (!outcomes.has(outcome.verdict)) outcomes.set(outcome.verdict, outcome);
    }
    const first = { ...[...outcomes.values()][0], tally: roll.tally };
    if (outcomes.size === 1) return first;
    return { ...first, verdict: "open", because: "undecided", vetoes: [] };
  }

  /** Decide one roll call under one rule. */
  function decide(roll, rule) {
    const loose = rule.parties_abstain ? looseParties(roll) : [];
    if (loose.length) return whoeverTheyAre(roll, rule, loose);
    // The tally is the record's: a vote that is not counted was cast all the same.
    return { ...decideCounted(effective(roll, rule), rule), tally: roll.tally };
  }

  /** The first condition that decides: of its kind unmet if the text is not adopted. */
  function deciding(outcome) {
    const { findings, because, verdict } = outcome;
    if (because === "quorum") return findings.find((found) => found.kind === "quorum") ?? null;
    if (because === null) {
      const deemed = findings.find((found) => found.kind === "deemed adopted" && found.met);
      if (deemed) return deemed;
    }
    const needs = findings.filter((found) => found.kind === "need");
    if (because !== "veto") {
      const unmet = needs.filter((found) => !found.met && !found.alternative);
      const sure = verdict === "not adopted" ? unmet.find((found) => found.met === false) : undefined;
      if (unmet.length) return sure ?? unmet[0];
    }
    return needs.find((found) => found.met) ?? needs[0] ?? null;
  }

  /* ------------------------------------------------------- what the undecided can still do (reach) */

  /** The undecided that have a veto, by code. */
  function undecidedHolders(roll, rule) {
    if (!rule.veto) return [];
    const inside = classOf(roll, rule.veto.by);
    const open = sorted([...roll.named.keys()].filter((code) => roll.named.get(code) === "undecided"));
    return open.filter((code) => (inside === null || inside.has(code))
      && !(rule.parties_abstain && roll.parties.has(code)));
  }

  /** Whether the text is adopted with so many of the undecided voting yes, in this order. */
  function adoptedWith(roll, rule, order, yes, others) {
    let named = withVotes(roll, order.slice(0, yes).map((code) => [code, "yes"]));
    const extra = yes - order.length;
    if (extra > 0) {
      const unnamed = new Map(named.unnamed);
      unnamed.set("undecided", unnamed.get("undecided") - extra);
      unnamed.set("yes", (unnamed.get("yes") || 0) + extra);
      for (const [vote, count] of [...unnamed]) if (!count) unnamed.delete(vote);
      named = counted({ ...named, unnamed });
    }
    return decide(settleUndecided(named, others), rule).verdict === "adopted";
  }

  /** The fewest yes among the undecided that adopt the text, found by bisection. */
  function fewest(roll, rule, order, others) {
    let [low, high] = [0, roll.tally.undecided];
    if (!adoptedWith(roll, rule, order, high, others)) return null;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (adoptedWith(roll, rule, order, middle, others)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** How many of the undecided decide; nothing where it matters who votes yes. */
  function reach(given, rule) {
    const roll = effective(given, rule);
    const among = thresholds(rule).some((leaf) => leaf.among !== null || leaf.by !== null);
    if (!roll.tally.undecided || among || rule.deemed || !monotone(rule)) return null;
    const holders = undecidedHolders(roll, rule);
    const open = sorted([...roll.named.keys()].filter((code) => roll.named.get(code) === "undecided"));
    const order = [...holders, ...open.filter((code) => !holders.includes(code))];
    const fewestYes = fewest(roll, rule, order, "abstain");
    let sure = fewest(roll, rule, [...order].reverse(), "no");
    if (sure !== null && holders.length) sure = roll.tally.undecided;
    return { undecided: roll.tally.undecided, least: fewestYes, sure, holders };
  }

  /** The verdict on a roll call: one outcome, or one a question where none is declared. */
  function ruleOn(roll, questions) {
    const outcomes = questions.map((question) => decide(roll, question.rule));
    const agreed = new Set(outcomes.map((outcome) => outcome.verdict)).size <= 1;
    return {
      verdict: agreed ? outcomes[0].verdict : "open",
      because: agreed ? outcomes[0].because : "undecided",
      agreed,
      outcomes,
      reach: outcomes.length === 1 ? reach(roll, questions[0].rule) : null,
    };
  }

  return { VOTES, compositionOf, ruleOf, rollOf, ruleOn, decide, deciding, reach, needOf, thresholds, ties, classOf };
})();
