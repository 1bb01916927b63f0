"use strict";
/*
 * The words for what the engine of the page found, as unvote.wording and the card of
 * `unvote tally` have them. What a test asks is worded in the page's data, by the program.
 */
const Words = (() => {
  const VERDICTS = { adopted: "ADOPTED", "not adopted": "NOT ADOPTED", open: "OPEN" };
  const SIGNS = { adopted: "\u2713", "not adopted": "\u2717", open: "?" };
  const GROWING = ["present and voting", "cast"];

  const listed = (codes, joint = "and") => (codes.length < 2
    ? codes.join("")
    : `${codes.slice(0, -1).join(", ")} ${joint} ${codes[codes.length - 1]}`);

  const isThreshold = (subject) => subject.bar !== undefined;

  /** The test a finding made. */
  function finding(found) {
    if (found.kind !== "tie") return found.subject.words;
    if (found.subject.policy === "casting vote" && found.met !== null) {
      return `on a tie: casting vote, which is ${found.met ? "yes" : "no"}`;
    }
    return `on a tie: ${found.subject.policy}`;
  }

  /** Whether a test was met, in one or two words; a tie is neither. */
  function met(found) {
    if (found.kind === "tie") return "";
    if (found.met === null) return found.kind === "quorum" ? "not checked" : "not known";
    return found.met ? "met" : "not met";
  }

  /** How far the yes votes are from the bar, in the unit of the condition that decides. */
  function margin(outcome) {
    const found = Engine.deciding(outcome);
    if (found === null || found.kind !== "need" || found.most !== found.have) return "";
    if (outcome.findings.some((test) => test.kind === "tie" && test.met)) return "by the casting vote";
    const gap = found.have - found.need;
    if (!gap) return "exactly the votes needed";
    return gap > 0n ? `${gap} to spare` : `short by ${-gap}`;
  }

  /** The least and the most that the undecided can make of what is needed. */
  function needRange(found) {
    const bar = found.subject;
    if (found.ofMost === null || !isThreshold(bar) || !GROWING.includes(bar.base)) {
      return [found.need, found.need];
    }
    const grown = Engine.needOf(bar, found.ofMost);
    return [found.need, grown > found.need ? grown : found.need];
  }

  /** By which weight a condition counts, and in which class. */
  function measured(found) {
    const bar = found.subject;
    if (!isThreshold(bar)) return "";
    return (bar.by ? ` by ${bar.by}` : "") + (bar.among ? ` among ${bar.among}` : "");
  }

  function shortfall(found, undecided) {
    if (found === null) return "nobody took part";
    const bar = found.subject;
    const plain = isThreshold(bar) && !bar.by && bar.counting.join() === "yes";
    const words = `${plain ? " yes" : ""} of ${found.need} needed${measured(found)}`;
    if (undecided) return `at most ${found.most}${words}`;
    return `${found.have}${words}, ${found.need - found.have} short`;
  }

  /** What an open verdict, or an open cause, hangs on. */
  function unsettled(outcome) {
    if (outcome.verdict === "not adopted") {
      return `it cannot pass${outcome.negatives.length ? `: ${listed(outcome.negatives)} voting no` : ""}`;
    }
    const { undecided } = outcome.tally;
    return undecided ? `${undecided} undecided` : "names are needed to decide";
  }

  /** The cause of a verdict in a few words; empty where it is adopted. */
  function cause(outcome) {
    const found = Engine.deciding(outcome);
    switch (outcome.because) {
      case "veto": return outcome.vetoes.length ? `vetoed by ${listed(outcome.vetoes)}` : "vetoed";
      case "shortfall": return shortfall(found, outcome.tally.undecided);
      case "tie": return outcome.verdict === "not adopted" ? "a tie" : "a tie to be broken";
      case "quorum": return `no quorum: ${found.have} present of ${found.need} needed`;
      case "undecided": return unsettled(outcome);
      default: return "";
    }
  }

  /** What the undecided can still do. */
  function reach(far) {
    const who = `${far.undecided} undecided`;
    if (far.least === null) return who;
    const one = far.undecided === 1;
    const words = far.least
      ? `${who}: at least ${far.least} more yes ${far.least === 1 ? "is" : "are"} needed`
      : `${who}: adopted if ${one ? "it abstains" : "all abstain"}`;
    if (far.holders.length) return `${words}; a no of ${listed(far.holders, "or")} is a veto`;
    if (far.sure === null || far.sure === far.least) return words;
    return `${words}; ${far.sure} more yes ${far.sure === 1 ? "settles" : "settle"} it, whatever the others do`;
  }

  /** What follows the verdict: its cause or margin, and what the undecided can still do. */
  function standing(ruling) {
    const [outcome] = ruling.outcomes;
    if (!ruling.agreed) return "the question decides";
    let words = cause(outcome) || margin(outcome);
    if (ruling.verdict === "open" && ruling.reach !== null) {
      words = `${reach(ruling.reach)}; as listed ${outcome.listed}`;
    }
    const { undecided } = outcome.tally;
    if (undecided && ruling.verdict !== "open") {
      const settled = undecided === 1
        ? "settled, whatever the one undecided does"
        : `settled, whatever the ${undecided} undecided do`;
      words = words ? `${words}; ${settled}` : settled;
    }
    return words;
  }

  /** What holders of a veto did that is none, as far as their names are known. */
  function remarks(ruling, roll, forecast) {
    const [outcome] = ruling.outcomes;
    const { veto, parties_abstain: partiesOut } = outcome.rule;
    if (!veto || veto.on !== "no" || veto.by === null) return [];
    const found = [];
    const holders = [...Engine.classOf(roll, veto.by)].filter((code) => !(partiesOut && roll.parties.has(code))).sort();
    const did = (vote) => holders.filter((code) => roll.named.get(code) === vote);
    if (outcome.negatives.length) {
      const no = `${listed(outcome.negatives)} ${forecast ? "would vote" : "voted"} no`;
      const { have, need } = Engine.deciding(outcome);
      found.push(outcome.verdict === "open" || outcome.because === "undecided"
        ? `${no}: a veto if the yes votes suffice, else only a no`
        : `${no}, but with ${have} yes of ${need} needed that is not a veto`);
    }
    const abstained = did("abstain");
    if (abstained.length) {
      found.push(`${listed(abstained)} ${forecast ? "would abstain" : "abstained"}: an abstention is not a veto`);
    }
    const absent = did("absent");
    if (absent.length && !forecast) {
      found.push(`${listed(absent)} ${absent.length === 1 ? "was" : "were"} not voting: an absence is not a veto`);
    }
    return found;
  }

  return { VERDICTS, SIGNS, listed, finding, met, margin, needRange, cause, reach, standing, remarks };
})();
