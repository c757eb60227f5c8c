"use strict";
(() => {
  const form = document.getElementById("filter");
  const count = document.getElementById("count");
  const checks = [...document.querySelectorAll("article.check")];
  const rows = [...document.querySelectorAll("section.row")];
  const texts = new Map(checks.map((check) => [check, check.textContent.replace(/\s+/g, " ").toLowerCase()]));
  const value = (name) => document.getElementById(`f-${name}`).value;

  function apply() {
    const words = value("text").toLowerCase().split(/\s+/).filter(Boolean);
    let visible = 0;
    for (const check of checks) {
      const fits =
        ["verdict", "risk", "row"].every((name) => !value(name) || check.dataset[name] === value(name)) &&
        words.every((word) => texts.get(check).includes(word));
      check.hidden = !fits;
      visible += fits;
    }
    for (const row of rows) row.hidden = !row.querySelector("article.check:not([hidden])");
    count.textContent = `${visible} of ${checks.length} checks shown`;
  }

  function openTarget() {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.hidden || target.closest("[hidden]")) {
      form.reset();
      apply();
    }
    const details = target.querySelector("details");
    if (details && target.matches("article.check")) details.open = true;
    for (let above = target.closest("details"); above; above = above.parentElement.closest("details")) above.open = true;
    target.scrollIntoView();
  }

  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const details of folded) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
  });
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  window.addEventListener("hashchange", openTarget);
  form.hidden = false;
  apply();
  openTarget();
})();
