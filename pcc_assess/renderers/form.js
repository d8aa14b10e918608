// Answers on this page: read from its fields, kept in this browser, saved as a file. Nothing here scores or sends.
(function () {
  "use strict";

  const form = JSON.parse(byId("form-data").textContent);
  const place = [form.schema, form.role, form.level, form.form].join("/");
  const STATES = ["unsure", "skipped"];
  const MOST_BYTES = 1000000;
  const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;
  const questions = Array.from(form.questions, bound);
  const boxes = new Map(questions.map((question) => [question.box, question]));
  const inPageOrder = Array.from(document.querySelectorAll("fieldset"), (box) => boxes.get(box));
  let kept = {}; // answers of a loaded file that fit no question here
  let unsaved = false;
  let visited = null; // the question that the person was at last

  function byId(id) {
    return document.getElementById(id);
  }

  function say(key, values) {
    return form.texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  // A question with its fields. `states`: none of these, I do not know, skip.
  function bound(known, index) {
    const box = byId("q" + (index + 1));
    const inputs = Array.from(box.querySelectorAll("input"));
    return Object.assign({}, known, {
      box,
      when: known.when.map(([question, values]) => ({ question, values: new Set(values) })),
      field: box.querySelector("input[type=text]"),
      error: box.querySelector(".error"),
      clear: box.querySelector(".clear"),
      options: inputs.filter((input) => input.type !== "text" && !input.dataset.state),
      states: inputs.filter((input) => input.dataset.state),
      hushed: "",
    });
  }

  // --- what an answer is: as in the quiz of the terminal ---

  class Fault {
    constructor(text) {
      this.text = text;
    }
  }

  function tidy(text) {
    return text.replace(UNSAFE, " ").split(/\s+/).filter(Boolean).join(" ");
  }

  // The answer in the fields of a question: a list of values, a state, a Fault, or null where there is none.
  function answerOf(question) {
    const state = question.states.find((input) => input.checked);
    if (state) return state.dataset.state === "none" ? [] : state.dataset.state;
    if (!question.field) {
      const chosen = question.options.filter((input) => input.checked);
      return chosen.length ? chosen.map((input) => input.value) : null;
    }
    const text = tidy(question.field.value);
    if (!text) return null;
    if (Array.from(question.field.value).length > form.longest) return new Fault(say("long"));
    return { number: readNumber, month: readMonth, line: readLine }[question.kind](question, text);
  }

  function readNumber(question, text) {
    const space = text.indexOf(" ");
    const number = (space < 0 ? text : text.slice(0, space)).replace(",", ".");
    const unit = space < 0 ? "" : text.slice(space + 1).toLowerCase();
    const months = isWord(unit, "months");
    if ((unit && !months && !isWord(unit, "years")) || number.length > 7 || !/^(\d+\.?\d*|\.\d+)$/.test(number)) {
      return new Fault(say("number"));
    }
    const years = Number(number) / (months ? 12 : 1);
    return years > question.most ? new Fault(say("most", { most: question.most })) : [twoPlaces(years)];
  }

  function isWord(word, unit) {
    return form.words[unit].some((known) => known.trim() === word);
  }

  // Two places at most; what lies in the middle goes to the even side.
  function twoPlaces(years) {
    const down = Math.floor(years * 100);
    const middle = Number.isInteger(years * 8) && years * 100 - down === 0.5;
    const text = middle ? ((down + (down % 2)) / 100).toFixed(2) : years.toFixed(2);
    return text.replace(/\.?0+$/, "");
  }

  function readMonth(_question, text) {
    const parts = text.split(/[-\/.]/).sort((one, other) => one.length - other.length);
    const fits = parts.length === 2 && /^\d{1,2}$/.test(parts[0]) && /^\d{4}$/.test(parts[1]);
    if (!fits || Number(parts[0]) < 1 || Number(parts[0]) > 12) return new Fault(say("month"));
    return [parts[1] + "-" + parts[0].padStart(2, "0")];
  }

  function readLine(_question, text) {
    return (text.match(/\p{L}/gu) || []).length < 4 ? new Fault(say("line")) : [text];
  }

  // --- which questions are asked ---

  function answersNow() {
    const answers = new Map();
    for (const question of questions) {
      const answer = answerOf(question);
      if (answer !== null && !(answer instanceof Fault)) answers.set(question.id, answer);
    }
    return answers;
  }

  function met(condition, answers) {
    const answer = answers.get(condition.question);
    return Array.isArray(answer) && answer.some((value) => condition.values.has(value));
  }

  function askedNow(answers) {
    const asked = new Set();
    for (const question of questions) {
      if (question.when.every((each) => asked.has(each.question) && met(each, answers))) asked.add(question.id);
    }
    return asked;
  }

  // The questions of their own that are asked, or may still be: their number must not grow.
  function aheadOf(answers) {
    const ahead = new Set();
    for (const question of questions) {
      const maybe = (each) => met(each, answers) || (!answers.has(each.question) && !question.main);
      if (question.when.every((each) => ahead.has(each.question) && maybe(each))) ahead.add(question.id);
    }
    return questions.filter((question) => !question.main && ahead.has(question.id));
  }

  // --- the page after every change ---

  function refresh() {
    const answers = answersNow();
    const asked = askedNow(answers);
    for (const question of questions) {
      question.box.hidden = !asked.has(question.id);
      question.clear.hidden = answerOf(question) === null;
    }
    for (const section of document.querySelectorAll("form > section")) {
      section.hidden = !section.querySelector("fieldset:not([hidden])");
    }
    const open = questions.filter((question) => asked.has(question.id) && !answers.has(question.id));
    showProgress(answers, asked);
    showRecap(answers, asked);
    byId("open").textContent = openText(open.length);
    byId("copy").value = content(answers, asked, open);
  }

  function showProgress(answers, asked) {
    const ahead = aheadOf(answers);
    const done = ahead.filter((question) => asked.has(question.id) && answers.has(question.id)).length;
    const text = say(done === ahead.length ? "all" : "progress", { done, total: ahead.length });
    if (byId("count").textContent !== text) byId("count").textContent = text;
    byId("bar").max = ahead.length;
    byId("bar").value = done;
  }

  function openText(number) {
    if (!number) return say("complete");
    return number === 1 ? say("open.one") : say("open.other", { number });
  }

  function showRecap(answers, asked) {
    const list = byId("recap");
    list.textContent = "";
    for (const question of inPageOrder.filter((each) => asked.has(each.id))) {
      const line = document.createElement("li");
      const link = document.createElement("a");
      link.href = "#" + question.box.id;
      link.textContent = question.short;
      const said = document.createElement(answers.has(question.id) ? "span" : "strong");
      said.textContent = words(question, answers);
      line.append(link, " ", said);
      list.append(line);
    }
    byId("straight").hidden = !isStraight(answers, asked);
  }

  function words(question, answers) {
    if (!answers.has(question.id)) return say("missing");
    const chosen = question.states.concat(question.options).filter((input) => input.checked);
    const said = chosen.map((input) => input.nextElementSibling.textContent);
    return said.join(", ") || answers.get(question.id).join("");
  }

  // Whether nearly all ratings are the same.
  function isStraight(answers, asked) {
    const counts = new Map();
    let number = 0;
    for (const question of questions) {
      const answer = answers.get(question.id);
      if (question.kind === "rating" && asked.has(question.id) && Array.isArray(answer)) {
        counts.set(answer[0], (counts.get(answer[0]) || 0) + 1);
        number += 1;
      }
    }
    return number >= form.straight.least && Math.max(...counts.values()) >= form.straight.share * number;
  }

  function showError(question) {
    const answer = answerOf(question);
    const wrong = answer instanceof Fault;
    question.error.textContent = wrong ? answer.text : "";
    question.field.setAttribute("aria-invalid", String(wrong));
  }

  function go(question) {
    const inputs = question.field ? [question.field] : question.options;
    const chosen = question.options.concat(question.states).find((input) => input.checked);
    (chosen || inputs[0]).focus({ preventScroll: true });
    question.box.scrollIntoView();
  }

  // --- fields ---

  // Puts an answer into the fields; `draft` is what was typed and is no answer yet.
  function put(question, answer, draft) {
    const values = Array.isArray(answer) ? answer : [];
    const state = Array.isArray(answer) && !answer.length ? "none" : answer;
    question.options.forEach((input) => (input.checked = values.includes(input.value)));
    question.states.forEach((input) => (input.checked = input.dataset.state === state));
    question.hushed = "";
    if (!question.field) return;
    question.field.value = draft || values[0] || "";
    showError(question);
  }

  // "None of these", "I do not know" and "skip" stand alone. What was typed comes back when they are taken back.
  function settle(question, changed) {
    if (changed === question.field) {
      if (changed.value) question.states.forEach((input) => (input.checked = false));
    } else if (changed.dataset.state && changed.checked) {
      question.options.concat(question.states).forEach((input) => (input.checked = input === changed));
      hush(question);
    } else if (!changed.dataset.state) {
      question.states.forEach((input) => (input.checked = false));
    } else if (question.field) {
      question.field.value = question.field.value || question.hushed;
    }
  }

  function hush(question) {
    if (!question.field || !question.field.value) return;
    question.hushed = question.field.value;
    question.field.value = "";
  }

  function changed(event) {
    const question = boxes.get(event.target.closest("fieldset"));
    if (!question) return;
    settle(question, event.target);
    // an error is named when the field is left, and taken away as soon as it is mended
    if (question.field && (event.type === "change" || question.error.textContent)) showError(question);
    unsaved = true;
    refresh();
    keep();
  }

  // --- what this browser keeps ---

  function store() {
    try {
      window.localStorage.setItem(place + "/try", "1");
      window.localStorage.removeItem(place + "/try");
      return window.localStorage;
    } catch (_) {
      return null;
    }
  }

  const browser = store();

  function keep() {
    if (!browser) return;
    const drafts = {};
    for (const question of questions) {
      if (answerOf(question) instanceof Fault) drafts[question.id] = question.field.value;
    }
    try {
      browser.setItem(place, JSON.stringify({ answers: Array.from(answersNow()), drafts, kept }));
    } catch (_) {
      byId("keeps").hidden = true;
      byId("keeps-not").hidden = false;
    }
  }

  function restore() {
    let found = null;
    try {
      found = JSON.parse(browser.getItem(place));
    } catch (_) {
      return false;
    }
    if (!found || !Array.isArray(found.answers)) return false;
    lay(new Map(found.answers.concat(Object.entries(found.kept || {}))), found.drafts || {});
    return found.answers.length > 0 || Object.keys(found.drafts || {}).length > 0;
  }

  // Puts answers from elsewhere into the fields; what fits no question is kept for the file.
  function lay(found, drafts) {
    for (const question of questions) {
      const fit = fits(question, found.get(question.id));
      put(question, fit ? found.get(question.id) : null, drafts[question.id]);
      if (fit) found.delete(question.id);
    }
    kept = {};
    found.forEach((answer, id) => (kept[id] = answer));
  }

  // --- the file ---

  function content(answers, asked, open) {
    const given = {};
    for (const question of questions) {
      if (asked.has(question.id) && answers.has(question.id)) given[question.id] = answers.get(question.id);
    }
    const file = {
      schema: form.schema,
      role: form.role,
      role_version: form.role_version,
      level: form.level,
      setting: form.setting,
      form: form.form,
      language: form.language,
      resume: null,
      finished: open.length === 0,
      answers: given,
      kept,
    };
    return JSON.stringify(file, null, 2) + "\n";
  }

  function save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([byId("copy").value], { type: "application/json" }));
    link.download = form.file;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    unsaved = false;
    byId("saved").textContent = say("saved", { file: form.file });
  }

  function load(event) {
    const input = event.target;
    const file = input.files[0];
    if (!file) return;
    const reader = new FileReader();
    reader.onloadend = () => {
      const problem = reader.error ? say("not-ours") : take(reader.result);
      byId("load-error").textContent = problem;
      if (problem) byId("loaded").textContent = "";
      input.setAttribute("aria-invalid", String(Boolean(problem)));
      input.value = ""; // the same file can be chosen again
    };
    reader.readAsText(file.slice(0, MOST_BYTES));
  }

  // Takes up the answers of a file; what is wrong with it, or nothing.
  function take(text) {
    let file = null;
    try {
      file = JSON.parse(text);
    } catch (_) {
      return say("not-ours");
    }
    if (!file || file.schema !== form.schema || !isMapping(file.answers)) return say("not-ours");
    if (["role", "level", "form"].some((key) => file[key] !== form[key])) return say("other-quiz");
    const found = new Map(Object.entries(Object.assign({}, file.answers, isMapping(file.kept) ? file.kept : {})));
    lay(found, {});
    byId("loaded").textContent = say("loaded") + (found.size ? " " + say("carried", { number: found.size }) : "");
    refresh();
    keep();
    return "";
  }

  function isMapping(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  }

  // Whether an answer from elsewhere is one to this question.
  function fits(question, answer) {
    if (STATES.includes(answer)) return true;
    if (!Array.isArray(answer) || answer.some((value) => typeof value !== "string")) return false;
    if (!answer.length) return question.states.some((input) => input.dataset.state === "none");
    if (!question.field) {
      const known = answer.every((value) => question.options.some((input) => input.value === value));
      return known && new Set(answer).size === answer.length && (question.kind === "ticks" || answer.length === 1);
    }
    return answer.length === 1 && tidy(answer[0]) === answer[0] && TYPED[question.kind](question, answer[0]);
  }

  const TYPED = {
    number: (question, text) => /^(\d+\.?\d*|\.\d+)$/.test(text) && text.length < 9 && Number(text) <= question.most,
    month: (_question, text) => /^\d{4}-(0[1-9]|1[0-2])$/.test(text),
    line: (_question, text) => text !== "" && Array.from(text).length <= form.longest,
  };

  // --- what a person does ---

  function forget() {
    questions.forEach((question) => put(question, null, ""));
    kept = {};
    if (browser) browser.removeItem(place);
    unsaved = false;
    ["again", "loaded", "saved"].forEach((id) => (byId(id).textContent = ""));
    byId("deleted").textContent = say("deleted");
    refresh();
  }

  function nextOpen() {
    const answers = answersNow();
    const asked = askedNow(answers);
    const open = inPageOrder.filter((question) => asked.has(question.id) && !answers.has(question.id));
    const after = open.find((question) => inPageOrder.indexOf(question) > inPageOrder.indexOf(visited));
    if (open.length) return go(after || open[0]);
    byId("recap-title").focus();
  }

  function clicked(event) {
    if (!event.target.classList.contains("clear")) return;
    const question = boxes.get(event.target.closest("fieldset"));
    put(question, null, "");
    unsaved = true;
    refresh();
    keep();
    go(question);
  }

  function begin() {
    document.querySelectorAll(".live").forEach((part) => (part.hidden = false));
    byId("keeps").hidden = !browser;
    byId("keeps-not").hidden = Boolean(browser);
    if (browser && restore()) byId("again").textContent = say("again");
    refresh();
    const page = byId("questions");
    page.addEventListener("input", changed);
    page.addEventListener("change", changed);
    page.addEventListener("click", clicked);
    page.addEventListener("focusin", (event) => (visited = boxes.get(event.target.closest("fieldset")) || visited));
    page.addEventListener("submit", (event) => event.preventDefault());
    byId("next").addEventListener("click", nextOpen);
    byId("save").addEventListener("click", save);
    byId("load").addEventListener("change", load);
    byId("delete").addEventListener("click", forget);
    byId("recap").addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link) return;
      event.preventDefault();
      go(boxes.get(byId(link.hash.slice(1))));
    });
    // the same page in another tab
    window.addEventListener("storage", (event) => {
      if (event.key === place && restore()) refresh();
    });
    window.addEventListener("beforeunload", (event) => {
      if (!browser && unsaved) event.preventDefault();
    });
  }

  begin();
})();
