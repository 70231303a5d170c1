// Uploads one by one, each with its own bar. Without this script the form sends them all at once.

const form = document.querySelector("#upload");
const picker = form.querySelector("input[type=file]");
const button = form.querySelector("button");
const list = document.querySelector("#transfers");
const token = form.querySelector("input[name=csrf]").value;
const endings = form.dataset.endings.split(" ");
const largest = Number(form.dataset.megabytes) * 1024 * 1024;
const RECORDS = { tasks: "任务", passages: "条文", terms: "名词", faqs: "问答" };

form.querySelector(".when-script").hidden = false;

function make(name, text = "") {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

function refusal(file, earlier) {
  const ending = file.name.includes(".") ? `.${file.name.split(".").pop().toLowerCase()}` : "";
  if (!endings.includes(ending)) return `这种文件不能上传，可用的有 ${endings.join("、")}`;
  if (file.size === 0) return "文件是空的";
  if (file.size > largest) return `文件超过 ${form.dataset.megabytes} MB`;
  if (earlier.has(file.name)) return "与前面的文件同名，没有上传；请改名后再传";
  return "";
}

function send(file, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", file);
    request.open("POST", form.dataset.to);
    request.setRequestHeader("X-CSRF-Token", token);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded, event.total));
    request.addEventListener("load", () => {
      const reply = request.response;
      if (request.status === 200 && reply) resolve(reply[0]);
      else reject(new Error(reply?.error?.message ?? "上传没有成功，请稍后再试"));
    });
    request.addEventListener("error", () => reject(new Error("连接断了，没有传完，请再传一次")));
    request.send(body);
  });
}

function say(line, text, kind) {
  const said = make("span", text);
  said.className = `hint ${kind}`;
  line.append(said);
}

function tell(line, taken) {
  const counts = Object.entries(RECORDS).filter(([name]) => taken.records[name]);
  const read = counts.map(([name, label]) => `${label} ${taken.records[name]}`).join("，");
  const link = make("a", "查看");
  link.href = `${form.dataset.items}/${encodeURIComponent(taken.name)}`;
  say(line, `已收下，读出 ${read}${taken.rejected ? `，${taken.rejected} 处没有采用` : ""}${taken.replaced ? "；替换了之前上传的同名文件" : ""}。`, "good");
  line.lastChild.append(link);
  taken.warnings.forEach((warning) => say(line, warning, "warn"));
}

async function transfer(file, earlier) {
  const line = make("li", file.name);
  list.append(line);
  const wrong = refusal(file, earlier);
  if (wrong) {
    say(line, wrong, "bad");
    return false;
  }
  earlier.add(file.name);
  const bar = make("progress");
  bar.setAttribute("aria-label", `${file.name} 的上传进度`);
  line.append(bar);
  try {
    const taken = await send(file, (done, total) => {
      bar.max = total;
      bar.value = done;
      if (done === total) bar.removeAttribute("value");  // all is sent, and is being read
    });
    bar.remove();
    tell(line, taken);
    return true;
  } catch (error) {
    bar.remove();
    say(line, error.message.replace(`${file.name}：`, ""), "bad");
    return false;
  }
}

async function transferAll(files) {
  if (button.disabled || !files.length) return;
  button.disabled = true;
  list.replaceChildren();
  const earlier = new Set();
  let kept = 0;
  for (const file of files) kept += (await transfer(file, earlier)) ? 1 : 0;
  button.disabled = false;
  picker.value = "";
  if (kept) await renewList();
}

async function renewList() {
  const reply = await fetch(form.dataset.items);
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const renewed = page.querySelector("#waiting");
  if (renewed) document.querySelector("#waiting").replaceWith(renewed);
  else location.reload();  // the log-in has run out
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  transferAll([...picker.files]);
});
form.addEventListener("dragover", (event) => {
  event.preventDefault();
  form.classList.add("over");
});
form.addEventListener("dragleave", () => form.classList.remove("over"));
form.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("over");
  transferAll([...event.dataTransfer.files]);
});
