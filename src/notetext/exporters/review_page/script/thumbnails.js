"use strict";
// Small pictures of the pages, each drawn when it is first seen.

const thumbnails = document.getElementById("thumbnails");
const THUMBNAIL_WIDTH = 96;

function openThumbnails() {
  if (readPages.length < 2) return;
  document.getElementById("pager").hidden = false;
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      drawThumbnail(Number(entry.target.dataset.page), entry.target.querySelector("canvas"));
    }
  });
  readPages.forEach((page, index) => {
    const canvas = element("canvas", { "aria-hidden": "true" });
    canvas.width = THUMBNAIL_WIDTH * 2;
    canvas.height = Math.round((canvas.width * (page.height || 4)) / (page.width || 3));
    const button = element(
      "button",
      { type: "button", "data-page": index, "aria-label": `Page ${page.number}` },
      canvas,
      element("span", {}, String(page.number)),
    );
    button.addEventListener("click", (event) => turnTo(index, event));
    thumbnails.append(button);
    seen.observe(button);
  });
  const number = document.getElementById("page-number");
  number.addEventListener("click", () => showThumbnails(thumbnails.hidden));
  showThumbnails(matchMedia("(min-width: 60rem)").matches);
  document
    .getElementById("previous-page")
    .addEventListener("click", (event) => turnTo(current - 1, event));
  document
    .getElementById("next-page")
    .addEventListener("click", (event) => turnTo(current + 1, event));
}

/** Goes to a page; after a pointer's click, keys go to its text. */
function turnTo(index, click) {
  goToPage(index);
  if (click.detail > 0) focusWord();
}

function showThumbnails(shown) {
  thumbnails.hidden = !shown;
  document.getElementById("page-number").setAttribute("aria-expanded", String(shown));
}

async function drawThumbnail(index, canvas) {
  const url = await pictureUrl(index);
  if (!url) return;
  const whole = new Image();
  whole.src = url;
  await whole.decode();
  canvas.getContext("2d").drawImage(whole, 0, 0, canvas.width, canvas.height);
}

function markThumbnail() {
  if (readPages.length < 2) return;
  document.getElementById("page-number").textContent =
    `Page ${readPages[current].number} of ${readPages.length}`;
  document.getElementById("previous-page").disabled = current === 0;
  document.getElementById("next-page").disabled = current === readPages.length - 1;
  for (const button of thumbnails.children) {
    if (Number(button.dataset.page) === current) {
      button.setAttribute("aria-current", "page");
      button.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else {
      button.removeAttribute("aria-current");
    }
  }
}
