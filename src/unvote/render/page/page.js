"use strict";
/*
 * The page itself: members and groups as buttons, the verdict above them, a link that holds the
 * votes. Text of the file only ever becomes text of the page (textContent), never markup.
 */
(() => {
  const DATA = JSON.parse(document.getElementById("data").textContent);
  const LETTERS = { yes: "y", no: "n", abstain: "a", absent: "x", undecided: "u" };
  const OF_LETTER = Object.fromEntries(Object.entries(LETTERS).map(([vote, letter]) => [letter, vote]));
  const NEXT = { yes: "no", no: "abstain", abstain: "absent", absent: "undecided", undecided: "yes" };
  const TITLES = { yes: "Yes", no: "No", abstain: "Abstain", absent: "Absent", undecided: "Undecided", none: "No vote" };
  const NUMBERS = ["yes", "no", "abstain", "undecided"];
  const LINK = new RegExp(
    "^#1\\.([0-9a-f]{8})\\.([ynaxu]*)(?:\\.n(\\d{1,9})-(\\d{1,9})-(\\d{1,9})-(\\d{1,9}))?"
    + "(?:\\.q(\\d{1,3}))?(?:\\.p(\\d{1,9}|none))?(?:\\.c(y|n|none))?$",
  );
  const AS_FILE = -1;
  const MOST_UNDO = 100;

  const composition = Engine.compositionOf(DATA.composition);
  const QUESTIONS = DATA.questions.map((question) => ({ ...question, rule: Engine.ruleOf(question.rule) }));
  const CODES = DATA.roll.named.map(([code]) => code);
  const BY_CODE = [...CODES].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const LOOSE = Object.values(DATA.roll.unnamed).reduce((total, count) => total + count, 0);
  const COUNTS = LOOSE > 0 || !CODES.length;
  const OUT = [...DATA.roll.not_entitled, ...DATA.roll.not_participating];

  /* -------------------------------------------------------------------------------- the state */

  const FILE = Object.freeze({
    votes: new Map(DATA.roll.named),
    numbers: Object.fromEntries(NUMBERS.map((vote) => [vote, DATA.roll.unnamed[vote] || 0])),
    present: DATA.roll.present,
    casting: DATA.roll.casting_vote,
    question: AS_FILE,
  });
  let state = FILE;
  let brush = null; // the vote that a click gives; nothing: the next one
  const undone = [];

  const numbersSum = (numbers) => NUMBERS.reduce((total, vote) => total + numbers[vote], 0);
  /** How many votes without names there are: all of the file's, or as many as are written. */
  const looseOf = (numbers) => (DATA.open ? Math.max(0, numbersSum(numbers)) : LOOSE);
  const tooMany = (numbers) => COUNTS && numbersSum(numbers) > looseOf(numbers);

  function unnamedOf(numbers) {
    if (!COUNTS) return {};
    const every = { ...numbers, absent: looseOf(numbers) - numbersSum(numbers) };
    return Object.fromEntries(Object.entries(every).filter(([, count]) => count));
  }

  /** The roll call of a state. */
  function rollOf(now) {
    const unnamed = unnamedOf(now.numbers);
    const grown = DATA.open ? looseOf(now.numbers) - LOOSE : 0;
    const body = grown ? { ...composition, seats: composition.seats + grown } : composition;
    const roll = { ...DATA.roll, named: [...now.votes], unnamed, present: now.present, casting_vote: now.casting };
    return Engine.rollOf(roll, body);
  }

  const questionsOf = (now) => (now.question === AS_FILE
    ? QUESTIONS.slice(0, DATA.asked)
    : [QUESTIONS[now.question]]);

  /* --------------------------------------------------------------------------------- the link */

  /** A state as the fragment of an address: nothing where it is the file's. */
  function fragmentOf(now) {
    const letters = BY_CODE.map((code) => LETTERS[now.votes.get(code)]).join("");
    const filed = BY_CODE.map((code) => LETTERS[FILE.votes.get(code)]).join("");
    let more = "";
    if (NUMBERS.some((vote) => now.numbers[vote] !== FILE.numbers[vote])) {
      more += `.n${NUMBERS.map((vote) => now.numbers[vote]).join("-")}`;
    }
    if (now.question !== AS_FILE) more += `.q${now.question}`;
    if (now.present !== FILE.present) more += `.p${now.present ?? "none"}`;
    if (now.casting !== FILE.casting) more += `.c${now.casting ? LETTERS[now.casting] : "none"}`;
    return letters === filed && !more ? "" : `#1.${DATA.key}.${letters}${more}`;
  }

  /** The state that a fragment holds, or in words why there is none. */
  function stateOf(fragment) {
    const found = LINK.exec(fragment);
    if (!found) return "The link is damaged, or not one of this kind of page.";
    const [, key, letters, yes, no, abstain, undecided, question, present, casting] = found;
    if (key !== DATA.key) return "The link is of another vote, or of another version of this one.";
    if (letters.length !== BY_CODE.length) return "The link is damaged: it is too short or too long.";
    const votes = new Map(CODES.map((code) => [code, OF_LETTER[letters[BY_CODE.indexOf(code)]]]));
    const now = { ...FILE, votes };
    if (yes !== undefined) {
      now.numbers = { yes: Number(yes), no: Number(no), abstain: Number(abstain), undecided: Number(undecided) };
      if (!COUNTS || tooMany(now.numbers)) return "The link holds more votes than there are members.";
    }
    if (question !== undefined) {
      now.question = Number(question);
      if (now.question >= QUESTIONS.length) return "The link names a question that is not on this page.";
    }
    if (present !== undefined) now.present = present === "none" ? null : Number(present);
    if (now.present !== null && now.present > composition.seats && !DATA.open) {
      return "The link says that more were present than there are members.";
    }
    if (casting !== undefined) now.casting = casting === "none" ? null : OF_LETTER[casting];
    return now;
  }

  /** Put the state into the address, so that a reload or a copy of it keeps the votes. */
  function setAddress(fragment) {
    if (fragment === window.location.hash) return;
    const bare = window.location.href.split("#")[0];
    try {
      window.history.replaceState(null, "", bare + fragment);
    } catch {
      window.location.replace(bare + (fragment || "#"));
    }
  }

  /* ------------------------------------------------------------------------------ the elements */

  /** An element with attributes, classes in `class`, and children, text among them. */
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === true) element.setAttribute(name, "");
      else if (value !== null && value !== false) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  const quiet = (text) => make("span", { class: "sr" }, text);
  const at = (id) => document.getElementById(id);
  const button = (attributes, ...children) => make("button", { type: "button", ...attributes }, ...children);
  const badge = (vote) => make("span", { class: "badge", "data-vote": vote, "aria-hidden": "true" },
    vote === "none" ? DATA.no_vote : DATA.letters[vote]);

  const members = new Map(); // code -> the parts of its button
  const groups = []; // the group, its button, and what it shows
  const brushes = new Map();
  const fields = new Map();

  function memberButton(code) {
    const letter = badge("absent");
    const vote = quiet("");
    const changed = quiet("");
    const element = button({ class: "member", "data-code": code, tabindex: "-1" },
      letter, make("span", { class: "code" }, code), " ", make("span", { class: "name" }, DATA.names[code]), vote, changed);
    members.set(code, { element, letter, vote, changed });
    return element;
  }

  function memberOut(code) {
    const why = DATA.roll.not_entitled.includes(code) ? "has no vote" : "takes no part";
    return make("span", { class: "member out" }, badge("none"), make("span", { class: "code" }, code), " ",
      make("span", { class: "name" }, DATA.names[code]), quiet(`: ${why}`));
  }

  function groupButton(group, whole) {
    const codes = group.members.filter((code) => members.has(code));
    if (!codes.length) return null;
    const shown = make("span", { class: "shares" });
    const parts = whole
      ? [make("span", { class: "group-name" }, group.name), make("span", { class: "size" }, ` ${codes.length}`)]
      : [make("span", { class: "code" }, group.code), make("span", { class: "size" }, ` ${codes.length}`),
        quiet(`, ${group.name}`)];
    const element = button({ class: whole ? "group whole" : "group", "data-group": group.code, title: group.name },
      ...parts, " ", shown);
    groups.push({ group, codes, element, shown });
    return element;
  }

  /** The members in sections by regional group, or in one where there are few or none. */
  function sections() {
    const every = Object.keys(DATA.names).sort();
    const few = every.length <= 30;
    const listed = new Set();
    const found = few ? [] : DATA.sections.map((group) => {
      group.members.forEach((code) => listed.add(code));
      return [group, group.members];
    });
    const rest = every.filter((code) => !listed.has(code));
    if (rest.length) found.push([null, rest]);
    return found.map(([group, codes], number) => {
      const cells = codes.map((code) => (OUT.includes(code) ? memberOut(code) : memberButton(code)));
      const head = group ? groupButton(group, true) : null;
      const everyoneOut = codes.every((code) => OUT.includes(code));
      const name = group ? group.name : everyoneOut ? "Without a vote" : "Members";
      const label = `section-${number}`;
      return make("section", { class: "section", "aria-labelledby": label },
        make("h3", { id: label }, head ?? name),
        make("div", { class: "grid", role: "group", "aria-label": name }, ...cells));
    });
  }

  function brushBar() {
    const bar = make("div", { class: "brushes", role: "group", "aria-label": "What a click does" });
    for (const vote of [null, ...Engine.VOTES]) {
      const element = button({ class: "brush", "aria-pressed": "false" }, ...(vote ? [badge(vote), TITLES[vote]] : ["Next vote"]));
      element.addEventListener("click", () => { brush = vote; showBrushes(); });
      brushes.set(vote, element);
      bar.append(element);
    }
    return bar;
  }

  function showBrushes() {
    for (const [vote, element] of brushes) element.setAttribute("aria-pressed", String(vote === brush));
  }

  function numberField(name, label, most, value) {
    const input = make("input", { type: "number", inputmode: "numeric", min: "0", max: most === null ? null : String(most), step: "1", id: `number-${name}` });
    input.value = value === null ? "" : String(value);
    fields.set(name, input);
    return make("label", { class: "field", for: `number-${name}` }, make("span", {}, label), input);
  }

  function choiceField(name, label, choices) {
    const select = make("select", { id: `choice-${name}` });
    for (const [value, words] of choices) select.append(make("option", { value }, words));
    fields.set(name, select);
    return make("label", { class: "field", for: `choice-${name}` }, make("span", {}, label), select);
  }

  /** The numbers of votes without names; who is left over is absent. */
  function countsForm() {
    const some = CODES.length ? "Votes without names" : "Numbers of votes";
    const form = make("fieldset", { class: "numbers" }, make("legend", {}, some));
    for (const vote of NUMBERS) {
      const field = numberField(vote, TITLES[vote], DATA.open ? null : LOOSE, FILE.numbers[vote]);
      field.prepend(badge(vote));
      form.append(field);
      fields.get(vote).addEventListener("input", countsChanged);
    }
    form.append(make("p", { id: "rest", class: "field" }));
    return form;
  }

  /** A whole number as it is written; nothing where it is none. */
  const whole = (text) => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : null);

  function countsChanged() {
    const numbers = Object.fromEntries(NUMBERS.map((vote) => [vote, whole(fields.get(vote).value)]));
    const wrong = NUMBERS.filter((vote) => numbers[vote] === null);
    const over = !wrong.length && tooMany(numbers);
    for (const vote of NUMBERS) {
      fields.get(vote).setAttribute("aria-invalid", String(over || wrong.includes(vote)));
    }
    if (wrong.length) note(`Write a whole number of votes (${wrong.map((vote) => TITLES[vote]).join(", ")}). The verdict is on the numbers before.`);
    else if (over) note(`These are ${numbersSum(numbers)} votes, but only ${LOOSE} members have one. The verdict is on the numbers before.`);
    else change({ ...state, numbers }, "");
  }

  function options() {
    const parts = [];
    if (QUESTIONS.length > 1) {
      const asked = QUESTIONS.slice(0, DATA.asked).map((question) => question.title).join(" or ");
      const choices = QUESTIONS.map((question, number) => [String(number), question.title]);
      const offered = DATA.asked === 1 ? choices.slice(1) : choices;
      parts.push(choiceField("question", "Question", [[String(AS_FILE), `${asked} (as in the file)`], ...offered]));
      fields.get("question").addEventListener("change", (event) => change({ ...state, question: Number(event.target.value) }, ""));
    }
    const rules = QUESTIONS.map((question) => question.rule);
    const present = rules.some((rule) => rule.quorum || Engine.thresholds(rule).some((bar) => bar.base === "present"));
    if (present) {
      parts.push(numberField("present", "Members present", DATA.open ? null : composition.seats, FILE.present));
      fields.get("present").setAttribute("placeholder", "not known");
      fields.get("present").addEventListener("input", presentChanged);
    }
    if (rules.some((rule) => rule.tie.policy === "casting vote")) {
      parts.push(choiceField("casting", "Casting vote", [["", "not known"], ["yes", "Yes"], ["no", "No"]]));
      fields.get("casting").addEventListener("change", (event) => change({ ...state, casting: event.target.value || null }, ""));
    }
    return parts.length ? make("div", { class: "options" }, ...parts) : null;
  }

  function presentChanged(event) {
    const text = event.target.value.trim();
    const present = text === "" && !event.target.validity.badInput ? null : whole(text);
    const over = present !== null && present > composition.seats && !DATA.open;
    const wrong = over || (present === null && (text !== "" || event.target.validity.badInput));
    event.target.setAttribute("aria-invalid", String(wrong));
    if (wrong) note(`Write how many were present, at most ${composition.seats}, or nothing. The verdict is on the number before.`);
    else change({ ...state, present }, "");
  }

  /** Everything below the verdict. */
  function build() {
    const result = at("result");
    result.append(make("dl", { class: "figures" },
      ...["need", "have", "spare"].map((name) => make("div", {}, make("dt", {}, name[0].toUpperCase() + name.slice(1)), make("dd", { id: name })))),
    make("div", { id: "bar", "aria-hidden": "true" }), make("ul", { id: "tally" }));
    const body = at("calculator");
    body.replaceChildren();
    const cells = sections();
    const headed = groups.map(({ group }) => group.code); // these are buttons above their members
    const chips = DATA.groups.filter((group) => group.members.length > 1 && !headed.includes(group.code))
      .map((group) => groupButton(group, false)).filter((element) => element !== null);
    body.append(make("p", { id: "note", role: "alert" }), make("h2", {}, "Votes"));
    if (COUNTS) body.append(countsForm());
    if (members.size) {
      const find = make("input", { type: "search", id: "find", autocomplete: "off" });
      find.addEventListener("input", () => filter(find.value));
      body.append(brushBar());
      body.append(make("div", { class: "tools" },
        make("label", { class: "field find", for: "find" }, make("span", {}, "Find a member"), find),
        action("undo", "Undo", undo), action("reset", "Reset to the file", () => change(FILE, "All as in the file. ")), action("copy", "Copy link", copyLink)));
    } else {
      body.append(make("div", { class: "tools" }, action("undo", "Undo", undo),
        action("reset", "Reset to the file", () => change(FILE, "All as in the file. ")), action("copy", "Copy link", copyLink)));
    }
    const link = make("input", { id: "link", readonly: true, hidden: true, "aria-label": "Link to these votes" });
    body.append(link);
    const settings = options();
    if (settings) body.append(settings);
    if (chips.length && members.size > 1) {
      body.append(make("details", { class: "groups", open: !window.matchMedia("(max-width: 34rem)").matches }, make("summary", {}, "Groups"),
        make("div", { class: "chips" }, ...chips)));
    }
    if (cells.length && Object.keys(DATA.names).length) body.append(make("div", { id: "members" }, ...cells));
    if (members.size) body.append(help());
    body.append(make("section", { id: "changes", "aria-label": "Changed from the file" }),
      make("h2", {}, "Tests"), make("div", { id: "tests" }), make("ul", { id: "remarks" }));
  }

  const action = (id, words, does) => {
    const element = button({ id, class: "action" }, words);
    element.addEventListener("click", does);
    return element;
  };

  function help() {
    return make("details", { class: "help" }, make("summary", {}, "Keyboard"),
      make("p", {}, "Tab reaches the members, the arrow keys lead from one to the next. Space or Enter does what a "
        + "click does; Y, N, A, X and U set yes, no, abstain, absent and undecided. Escape takes back the last change."));
  }

  /* -------------------------------------------------------------------------------- what is shown */

  const signed = (number) => (number > 0n ? `+${number}` : number < 0n ? `\u2212${-number}` : "0");
  const range = (low, high, words = String) => (low === high ? words(low) : `${words(low)} to ${words(high)}`);

  /** Need, have and spare of the test that decides. */
  function figures(ruling) {
    const found = ruling.agreed ? Engine.deciding(ruling.outcomes[0]) : null;
    if (!found) return { need: "\u2013", have: "\u2013", spare: "\u2013" };
    const of = found.of === null ? "" : ` of ${found.of}`;
    if (found.kind === "deemed adopted") {
      return { need: `fewer than ${found.need}`, have: String(found.have), spare: signed(found.need - 1n - found.have) };
    }
    const [low, high] = Words.needRange(found);
    return {
      need: range(low, high),
      have: range(found.have, found.most) + (found.have === found.most ? of : ""),
      spare: range(found.have - found.need, found.most - found.need, signed),
    };
  }

  function showVerdict(ruling, said) {
    at("verdict").replaceChildren(quiet(said),
      make("strong", { "data-verdict": ruling.verdict }, `${Words.SIGNS[ruling.verdict]} ${Words.VERDICTS[ruling.verdict]}`),
      " ", make("span", { id: "words" }, Words.standing(ruling)));
    for (const [name, words] of Object.entries(figures(ruling))) at(name).textContent = words;
  }

  /** The bar: yes from the left, no from the right, and where yes votes are needed up to. */
  function showBar(roll, ruling) {
    const { tally } = roll;
    const out = tally.notEntitled + tally.notParticipating;
    const parts = [["yes", tally.yes], ["undecided", tally.undecided], ["abstain", tally.abstain],
      ["absent", tally.absent], ["none", out], ["no", tally.no]];
    const bar = at("bar");
    const seats = parts.reduce((total, [, count]) => total + count, 0);
    bar.replaceChildren(...parts.filter(([, count]) => count).map(([vote, count]) => {
      const letter = vote === "none" ? DATA.no_vote : DATA.letters[vote];
      const part = make("span", { "data-vote": vote },
        count * 14 >= seats ? `${letter} ${count}` : count * 24 >= seats ? letter : "");
      part.style.flexGrow = String(count);
      return part;
    }));
    const found = ruling.agreed ? Engine.deciding(ruling.outcomes[0]) : null;
    const bars = found && found.kind === "need" && !found.subject.by && !found.subject.among
      && found.subject.counting.join() === "yes" && seats && found.need <= BigInt(seats);
    if (bars) {
      const mark = make("span", { class: "mark" });
      mark.style.left = `${(100 * Number(found.need)) / seats}%`;
      bar.append(mark);
    }
    const shown = [["yes", tally.yes], ["no", tally.no], ["abstain", tally.abstain], ["absent", tally.absent],
      ["undecided", tally.undecided]];
    at("tally").replaceChildren(...[...shown, ...(out ? [["none", out]] : [])].map(([vote, count]) => make("li", {},
      badge(vote), make("span", { class: "word" }, `${TITLES[vote]} `), make("b", {}, String(count)))));
  }

  function showMembers(now) {
    for (const [code, parts] of members) {
      const vote = now.votes.get(code);
      if (parts.element.dataset.vote !== vote) {
        parts.element.dataset.vote = vote;
        parts.letter.dataset.vote = vote;
        parts.letter.textContent = DATA.letters[vote];
        parts.vote.textContent = `: ${vote}`;
      }
      const was = FILE.votes.get(code);
      parts.element.classList.toggle("changed", was !== vote);
      parts.changed.textContent = was === vote ? "" : `, ${was} in the file`;
    }
    for (const { codes, shown } of groups) {
      const counts = Engine.VOTES.map((vote) => [vote, codes.filter((code) => now.votes.get(code) === vote).length]);
      shown.replaceChildren(...counts.filter(([, count]) => count).map(([vote, count]) => make("span", { "data-vote": vote },
        make("span", { "aria-hidden": "true" }, `${DATA.letters[vote]}${count}`), quiet(`, ${count} ${vote}`))));
    }
  }

  /** What is changed from the file, by what it was and is. */
  function showChanges(now) {
    const moves = new Map();
    for (const code of BY_CODE) {
      const [was, is] = [FILE.votes.get(code), now.votes.get(code)];
      if (was !== is) moves.set(`${was} \u2192 ${is}`, [...(moves.get(`${was} \u2192 ${is}`) || []), code]);
    }
    const lines = [...moves].map(([move, codes]) => `${move} (${codes.length}): ${codes.join(" ")}`);
    for (const vote of NUMBERS) {
      if (now.numbers[vote] !== FILE.numbers[vote]) {
        lines.push(`${CODES.length ? `${vote}, without names` : vote}: ${FILE.numbers[vote]} \u2192 ${now.numbers[vote]}`);
      }
    }
    if (now.present !== FILE.present) lines.push(`present: ${FILE.present ?? "not known"} \u2192 ${now.present ?? "not known"}`);
    if (now.casting !== FILE.casting) lines.push(`casting vote: ${FILE.casting ?? "not known"} \u2192 ${now.casting ?? "not known"}`);
    if (now.question !== AS_FILE) lines.push(`asked as: ${QUESTIONS[now.question].title}`);
    at("changes").replaceChildren(...(lines.length ? [make("h2", {}, "Changed from the file"),
      make("ul", {}, ...lines.map((line) => make("li", {}, line)))] : []));
    at("reset").disabled = !lines.length;
    at("undo").disabled = !undone.length;
  }

  function testRow(found, rule) {
    const number = found.kind === "veto" || found.kind === "tie";
    const [low, high] = Words.needRange(found);
    const need = found.kind === "deemed adopted" ? `<${found.need}` : range(low, high);
    const of = found.of === null || low !== high ? "" : ` of ${found.of}`;
    const used = found.who.length ? found.who.join(" ") : range(found.have, found.most);
    return make("tr", { "data-met": found.kind === "tie" ? null : String(found.met) },
      make("th", { scope: "row" }, Words.finding(found)),
      make("td", {}, number ? "" : need),
      make("td", {}, found.kind === "tie" ? "" : number ? used : `${range(found.have, found.most)}${of}`),
      make("td", {}, Words.met(found)),
      make("td", { class: "cite" }, found.subject.cite || rule.cite));
  }

  function showTests(now, ruling) {
    const asked = questionsOf(now);
    const tables = ruling.outcomes.map((outcome, number) => make("table", {},
      make("caption", {}, ruling.outcomes.length > 1
        ? `As ${asked[number].title}: ${outcome.verdict}, ${Words.cause(outcome) || Words.margin(outcome)}`
        : `As ${asked[number].title}`),
      make("thead", {}, make("tr", {}, ...["Test", "Need", "Have", "Result", "Article"].map((head) => make("th", { scope: "col" }, head)))),
      make("tbody", {}, ...outcome.findings.map((found) => testRow(found, outcome.rule)))));
    at("tests").replaceChildren(...tables.map((table) => make("div", { class: "scroll" }, table)));
    const remarks = now === FILE ? DATA.notices : Words.remarks(ruling, rollOf(now), DATA.forecast);
    const noted = asked.map((question) => question.rule.note).filter((words) => words);
    at("remarks").replaceChildren(...[...remarks, ...noted].map((words) => make("li", {}, words)));
  }

  /** Show a state: all of it in one go, before the browser draws again. */
  function show(said) {
    const roll = rollOf(state);
    const ruling = Engine.ruleOn(roll, questionsOf(state));
    showVerdict(ruling, said);
    showBar(roll, ruling);
    showMembers(state);
    showChanges(state);
    showTests(state, ruling);
    if (COUNTS) at("rest").textContent = `Absent: ${roll.unnamed.get("absent") || 0}`;
    const tooFew = state.present !== null && roll.tally.yes + roll.tally.no + roll.tally.abstain > state.present;
    note(tooFew ? "More members vote than are said to be present." : "");
  }

  function note(words) {
    at("note").textContent = words;
  }

  /** The fields as the state has them. */
  function fill() {
    for (const vote of NUMBERS) {
      const field = fields.get(vote);
      if (field) {
        field.value = String(state.numbers[vote]);
        field.removeAttribute("aria-invalid");
      }
    }
    if (fields.has("present")) {
      fields.get("present").value = state.present === null ? "" : String(state.present);
      fields.get("present").removeAttribute("aria-invalid");
    }
    if (fields.has("casting")) fields.get("casting").value = state.casting ?? "";
    if (fields.has("question")) fields.get("question").value = String(state.question);
  }

  /* -------------------------------------------------------------------------------- what is done */

  /** Take over a new state; `said` is told before the verdict to those who listen. */
  function change(now, said) {
    const same = fragmentOf(now) === fragmentOf(state);
    if (!same) undone.push(state);
    if (undone.length > MOST_UNDO) undone.shift();
    state = fragmentOf(now) === "" ? FILE : now;
    settle(said);
    if (!same || now === FILE) fillUnlessTyping();
  }

  function fillUnlessTyping() {
    const active = document.activeElement;
    if (![...fields.values()].includes(active)) fill();
    else for (const field of fields.values()) field.setAttribute("aria-invalid", "false");
  }

  function settle(said) {
    setAddress(fragmentOf(state));
    show(said);
    at("link").hidden = true;
  }

  function undo() {
    if (!undone.length) return;
    state = undone.pop();
    settle("Taken back. ");
    fill();
  }

  function setVotes(codes, vote, who) {
    const votes = new Map(state.votes);
    for (const code of codes) votes.set(code, vote);
    change({ ...state, votes }, `${who}: ${vote}. `);
  }

  function clickMember(code, vote) {
    setVotes([code], vote ?? brush ?? NEXT[state.votes.get(code)], DATA.names[code]);
  }

  /** A group that is of one mind goes on to the next vote; one that is not begins with yes. */
  function clickGroup({ group, codes }, vote) {
    const votes = new Set(codes.map((code) => state.votes.get(code)));
    const next = votes.size === 1 ? NEXT[[...votes][0]] : "yes";
    setVotes(codes, vote ?? brush ?? next, group.name);
  }

  function copyLink() {
    const link = at("link");
    link.value = window.location.href;
    const shown = () => { link.hidden = false; link.focus(); link.select(); };
    const told = () => note("The link is copied.");
    if (window.navigator.clipboard) window.navigator.clipboard.writeText(link.value).then(told, shown);
    else shown();
  }

  /* ------------------------------------------------------------------------- finding and keyboard */

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function filter(words) {
    const wanted = plain(words.trim());
    for (const element of document.querySelectorAll(".grid .member")) {
      element.hidden = !plain(element.querySelector(".code").textContent).includes(wanted)
        && !plain(element.querySelector(".name").textContent).includes(wanted);
    }
    for (const section of document.querySelectorAll(".section")) {
      section.hidden = ![...section.querySelectorAll(".member")].some((element) => !element.hidden);
    }
    if (!reachable().some((element) => element.tabIndex === 0)) rove(reachable()[0], false);
  }

  /** The buttons of members that can be reached, in order. */
  const reachable = () => [...document.querySelectorAll("button.member")].filter((element) => !element.hidden);

  /** Make one member the one that Tab reaches. */
  function rove(element, focus) {
    if (!element) return;
    for (const { element: other } of members.values()) other.tabIndex = other === element ? 0 : -1;
    if (focus) element.focus();
  }

  /** The nearest member in the next row up or down. */
  function beside(element, down) {
    const here = element.getBoundingClientRect();
    const rows = reachable().map((other) => [other, other.getBoundingClientRect()])
      .filter(([, box]) => (down ? box.top >= here.bottom - 1 : box.bottom <= here.top + 1));
    const distance = ([, box]) => Math.abs(box.top - here.top) * 1000 + Math.abs(box.left - here.left);
    rows.sort((one, other) => distance(one) - distance(other));
    return rows.length ? rows[0][0] : null;
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const element = event.target.closest("button.member");
    if (event.key === "Escape" && event.target.closest("#members")) undo();
    if (!element) return;
    const vote = OF_LETTER[event.key.toLowerCase()];
    if (vote) clickMember(element.dataset.code, vote);
    const every = reachable();
    const here = every.indexOf(element);
    const to = {
      ArrowRight: () => every[here + 1], ArrowLeft: () => every[here - 1], ArrowDown: () => beside(element, true),
      ArrowUp: () => beside(element, false), Home: () => every[0], End: () => every[every.length - 1],
    }[event.key];
    if (!to) return;
    event.preventDefault();
    rove(to(), true);
  }

  function onClick(event) {
    const member = event.target.closest("button.member");
    if (member) {
      rove(member, false);
      clickMember(member.dataset.code, null);
      return;
    }
    const group = groups.find(({ element }) => element.contains(event.target));
    if (group) clickGroup(group, null);
  }

  /** What the address says, or the file's votes and a note why not. */
  function open(said) {
    const fragment = window.location.hash;
    const found = fragment === "" || fragment === "#" ? FILE : stateOf(fragment);
    const refused = typeof found === "string";
    state = refused || fragmentOf(found) === "" ? FILE : found;
    undone.length = 0;
    show(said);
    fill();
    if (refused) note(`${found} These are the votes of the file.`);
  }

  build();
  showBrushes();
  rove(reachable()[0], false);
  at("calculator").addEventListener("click", onClick);
  at("calculator").addEventListener("keydown", onKey);
  window.addEventListener("hashchange", () => {
    if (window.location.hash !== fragmentOf(state)) open("");
  });
  open("");
})();
