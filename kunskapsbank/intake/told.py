"""What an editor is told of a report: what was left out, what was made into something else, and where."""

from __future__ import annotations

from kunskapsbank.intake.remarks import Told

LINKED = Told(
    "En länkad bild ligger inte i filen och är utelämnad. Infoga den i Word i stället, och försök igen.",
    "{count} länkade bilder ligger inte i filen och är utelämnade. Infoga dem i Word i stället, och försök igen.",
)
HIDDEN = Told(
    "Dold text i originalet är utelämnad ({which}). Gör den synlig där om den ska vara med.",
    "Dold text på {count} ställen i originalet är utelämnad: {which}. Gör den synlig där om den ska vara med.",
)
PLACEHOLDER = Told(
    "Ett fält i originalet är inte ifyllt och är utelämnat ({which}).",
    "{count} fält i originalet är inte ifyllda och är utelämnade: {which}.",
)
COMMENTS = Told(
    "Originalet har en kommentar, som är utelämnad. Se efter där om den är besvarad.",
    "Originalet har {count} kommentarer, som är utelämnade. Se efter där om de är besvarade.",
)
CHANGES = Told(
    "Originalet har en ändring som inte är godkänd. Tillagd text är med, struken är det inte: godkänn eller avvisa "
    "ändringen där.",
    "Originalet har {count} ändringar som inte är godkända. Tillagd text är med, struken är det inte: godkänn eller "
    "avvisa ändringarna där.",
)
FORMULA = Told(
    "En formel har blivit vanlig text: {which}. Kontrollera den.",
    "{count} formler har blivit vanlig text: {which}. Kontrollera dem.",
)
CHART = Told(
    "Diagrammet {which} har blivit en tabell med sina värden. Kontrollera den, eller lägg in diagrammet som bild.",
    "{count} diagram har blivit tabeller med sina värden: {which}. Kontrollera dem, eller lägg in diagrammen som "
    "bilder.",
)
CHART_LOST = Told(
    "Ett diagram är utelämnat ({which}), eftersom det inte finns som bild i filen. Spara det som bild och lägg till "
    "det.",
    "{count} diagram är utelämnade, eftersom de inte finns som bilder i filen: {which}. Spara dem som bilder och "
    "lägg till dem.",
)
DIAGRAM = Told(
    "En SmartArt-bild har blivit en lista med sina texter ({which}). Lägg in den som bild om läsaren behöver se den.",
    "{count} SmartArt-bilder har blivit listor med sina texter: {which}. Lägg in dem som bilder om läsaren behöver se "
    "dem.",
)
DIAGRAM_LOST = Told(
    "En SmartArt-bild är utelämnad ({which}), eftersom den inte finns som bild i filen. Spara den som bild och lägg "
    "till den.",
    "{count} SmartArt-bilder är utelämnade, eftersom de inte finns som bilder i filen: {which}. Spara dem som bilder "
    "och lägg till dem.",
)
DRAWING = Told(
    "En ritad figur är utelämnad ({which}). Spara den som bild och lägg till den om den behövs.",
    "{count} ritade figurer är utelämnade: {which}. Spara dem som bilder och lägg till dem om de behövs.",
)
OBJECT = Told(
    "Ett inbäddat objekt är utelämnat ({which}). Lägg till det som bild eller text om det behövs.",
    "{count} inbäddade objekt är utelämnade: {which}. Lägg till dem som bilder eller text om de behövs.",
)
SYMBOL = Told(
    "Ett tecken ur ett symboltypsnitt gick inte att läsa ({which}). Skriv dit det för hand.",
    "Tecken ur symboltypsnitt gick inte att läsa på {count} ställen: {which}. Skriv dit dem för hand.",
)
FIELD = Told(
    "Ett fält i originalet visar inget värde och är utelämnat ({which}). Uppdatera fälten där, eller skriv dit det.",
    "{count} fält i originalet visar inga värden och är utelämnade: {which}. Uppdatera fälten där, eller skriv dit "
    "dem.",
)
NUMBERS = Told(
    "En numrerad lista har andra tecken än 1, 2, 3 i originalet ({which}) och har fått vanliga siffror. Kontrollera "
    "att texten inte hänvisar till dem.",
    "{count} numrerade listor har andra tecken än 1, 2, 3 i originalet och har fått vanliga siffror: {which}. "
    "Kontrollera att texten inte hänvisar till dem.",
)
ELSEWHERE = Told(
    "En del av dokumentet ligger i en annan fil och är utelämnad ({which}). Klistra in den och försök igen.",
    "{count} delar av dokumentet ligger i andra filer och är utelämnade: {which}. Klistra in dem och försök igen.",
)
