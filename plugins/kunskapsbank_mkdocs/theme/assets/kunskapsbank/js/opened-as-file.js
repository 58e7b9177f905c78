// Tells who has opened a page as a file what it takes to see it whole. No module: browsers load none from files.

if (location.protocol === "file:") {
  const strip = document.createElement("p");
  strip.className = "kb-faults";
  strip.setAttribute("role", "status");
  strip.textContent =
    "Sidan är öppnad som en fil på datorn. Sökningen, Skapa rapport och länkarna mellan sidorna behöver en webbserver. " +
    "Skriv till exempel python3 -m http.server i mappen, och öppna adressen som visas.";
  document.body.prepend(strip);
  for (const waiting of document.querySelectorAll("[data-kb-heading], [data-kb-start-text]"))
    waiting.textContent = "Visas när sidan öppnas från en webbserver.";
  for (const advice of document.querySelectorAll("[data-kb-slow]")) advice.remove();
}
