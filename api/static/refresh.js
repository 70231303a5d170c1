// The progress of a refresh as it is made; when it ends, the page is loaded anew with the report.

const panel = document.querySelector("#progress");
const step = panel.querySelector("#step");
const count = panel.querySelector("#count");
const bar = panel.querySelector("#bar");
const events = new EventSource(panel.dataset.events);

events.addEventListener("progress", (event) => {
  const told = JSON.parse(event.data);
  step.textContent = told.step;
  count.textContent = told.total ? `${told.done} / ${told.total}` : "";
  if (told.total) {
    bar.max = told.total;
    bar.value = told.done;
  } else {
    bar.removeAttribute("value");
  }
});
events.addEventListener("ended", () => {
  events.close();
  location.reload();
});
events.addEventListener("error", () => {
  // The browser connects again by itself, unless the answer was a refusal: then the log-in has run out.
  if (events.readyState === EventSource.CLOSED) location.reload();
});
