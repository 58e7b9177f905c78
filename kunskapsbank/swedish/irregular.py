"""Forms of Swedish words that no rule of endings draws together → the stem that they share.

A line is a stem and forms of it. A form also ends longer words: after a particle only where the line begins with +
("avslagit", but not "kurser" for "ser"), after anything of three letters or more where it begins with * ("skolåret").
Written from what grammars of Swedish list. The browser's client holds the same lines, and a test demands it.
"""

from __future__ import annotations

import re

_LINES = """
+stå stå står stås stått stod stods stående
+gå gå går gås gått gick gicks gående
+få få får fås fått fick ficks
+slå slå slår slås slått slog slogs slagit slagits
+nå nå når nås nått nåtts nådde nåddes nådd nådda
+må må mår mådde mått
+rå rå rår
+tro tro tror tros trott trodde troddes trodd trodda troende
+bo bo bor bos bott bodde boddes bodd bodda
+sy sy syr sytt sydde sydd sydda
+fly fly flyr flytt flydde
+bry bry bryr brytt brydde
+kliv kliva kliver klev klivit
+sprid sprida sprider sprids spridas spred spreds spridit
+ske ske sker skett skedde
+klä klä klär kläs klätt klädde kläddes klädd klädda
+se se ser ses sett setts såg sågs sedd sedda
+ge ge ger ges gav gavs gett getts givit givits given givna givet giva giver gives
+ta ta tar tas tog togs tagit tagits tagen tagna
+bli bli blir blev blivit bliven blivna
*omhändertag omhändertagen omhändertaget omhändertagna omhändertas omhändertogs omhändertog omhändertar
+dra dra drar dras drog drogs dragit dragits
+kom komma kommer kom kommit kommen komna kommande
+håll hålla håller hålls hållas höll hölls hållit hållits hållen hållna hållet
+fall falla faller föll fallit fallen fallna
+låt låta låter låtit lät
*tillåt tillåta tillåter tillåts tillåtas tillät tilläts tillåtit tillåtits tillåten tillåtna tillåtet
+gråt gråta gråter gråtit grät
+ät äta äter äts ätas ätit ätits
*skriv skriva skriver skrivs skrivas skrev skrevs skrivit skrivits skriven skrivna skrivet
+driv driva driver drivs drivas drev drevs drivit drivits driven drivna drivet
+riv riva river rivs rivas rev revs rivit rivits riven rivna rivet
+bit bita biter bits bitas bet bitit
+strid strida strider stred stridit
+slit slita sliter slits slet slitit sliten slitna
+skit skita skiter sket skitit
+sno sno snor snott snodde
+stöt stöta stöter stöts stött stötte
+mät mäta mäter mäts mätas mätt mätte mättes
+råd råda råder rådde
+lid lida lider lidit lidande
+rid rida rider ridit
+stig stiga stiger stigit
+tig tiga tiger teg tigit
*grip gripa griper grips gripas grep greps gripit gripits gripen gripna gripet
sit satt
+sit sitt sitta sitter suttit sittande
+finn finna finner finns finnas fann fanns funnit funnits funnen funna funnet
+vinn vinna vinner vinns vinnas vann vanns vunnit vunnits vunnen vunna vunnet vinnande
+hinn hinna hinner hann hunnit
+brinn brinna brinner brann brunnit
+rinn rinna rinner rann runnit
+spring springa springer sprang sprungit
+stick sticka sticker stack stuckit
+drick dricka dricker dricks drack drucks druckit drucken druckna
+svinn svinna svinner svann svunnit svunnen svunna svinn svinnande
+bind binda binder binds bindas bundit bundits bunden bundna
+sjung sjunga sjunger sjungs sjungas sjöng sjungit
+bjud bjuda bjuder bjuds bjudas bjöd bjöds bjudit bjudits bjuden bjudna bjudet
+bryt bryta bryter bryts brytas bröt bröts brutit brutits bruten brutna brutet
+flyt flyta flyter flöt flutit
+skjut skjuta skjuter skjuts skjutas sköt sköts skjutit skjutits skjuten skjutna
+njut njuta njuter njöt njutit
+slut sluta sluter slöt slutit sluten slutna slutet
+ljug ljuga ljuger ljög ljugit
+flyg flyga flyger flög flugit
+kryp krypa kryper kröp krupit
+knyt knyta knyter knöts knöt knutit knuten knutna
+dö dö dör dog dött
+vet veta vet visste vetat
*gör göra gör görs göras gjorde gjordes gjort gjorts gjord gjorda
+säg säga säger sägs sägas sade sa sades sas sagt sagts sagd sagda
+lägg lägg lägga lägger läggs läggas lade la lades lagt lagts lagd lagda läggande
+välj välja väljer väljs väljas valde valdes valt valts vald valda
+vänj vänja vänjer vande vant
+sät sätt sätta sätter sätts sättas satte sattes satts satt satta
+sälj sälja säljer säljs säljas sålde såldes sålt sålts såld sålda
+kunn kunna kan kunde kunnat
+skilj skilja skiljer skiljs skiljas skilde skildes skilt skild skilda
+dölj dölja döljer döljs dolde dolt dold dolda
+svälj svälja sväljer svalde svalt
+sov sova sover sov sovit sovande
+bär bära bär bärs bäras burit burits buren burna buret
+skär skära skär skärs skar skars skurit skuren skurna
+stjäl stjäla stjäl stjäls stal stals stulit stulits stulen stulna
+svär svära svär svor svurit
*företag företag företaget företagets företagen företagens
+växt växa växer växt växte vuxit
+lev leva lever levt levde
+ha ha har hade haft havande
*kän känn känna känner känns kännas kände kändes känt känts känd kända kännande
+läs läsa läser läses läsas läste lästes läst lästs
+lös lösa löser löses lösas löste löstes löst lösts
+lås låsa låser låses låste låst låsta
+res resa reser reses reste rest
+vis visa visar visade visat visas
+vilj vilja vill ville velat
+sänd sända sänder sänds sändas sände sändes sänt sänts
+vänd vända vänder vänds vändas vände vändes vänt vänts
+händ hända händs hände hänt hänts
+nämn nämna nämner nämns nämnas nämnde nämndes nämnt nämnts
+möt möta möter möts mötas mötte möttes mött mötts
+byt byta byter byts bytas bytte byttes bytt bytts bytta
+sköt sköta sköter skötas skötte sköttes skött skötts skötta
+het heta heter hette hetat
+led led leda leder leds ledas ledde leddes lett letts ledd ledda ledande
+tyd tyda tyder tyds tydde tytt
+lyd lyda lyder lydde lytt
+föd föda föder föds födas födde föddes fött fötts född födda
+boka boka bokar bokas bokade bokades bokat bokats bokad bokande
bokning bokning bokningen bokningar bokningarna bokningens
*hand hand handen handens händer händers händerna händernas
far far fars fader faders fadern faderns fäder fäders fäderna fädernas
fara fara faran faror farorna farans
moder mor mors mormor mormors farmor farmors
*moder moder moders mödrar mödrars mödrarna mödrarnas
*broder bror brors broder broders brodern broderns brorsan bröder bröders bröderna brödernas
*muse museum museums museet museets museer museers museerna museernas musei
*jubile jubileum jubileet jubileer jubileerna
*centr centrum centrums centrumet centret centrets centra centrumen centren centrens
*fakt faktum faktumet fakta
*sommar sommar sommars sommaren sommarens somrar somrars somrarna somrarnas
*öga öga ögas ögat ögats ögon ögons ögonen ögonens
öra öra örat örats öron örons öronen
*video video videon videor videos
*radio radio radion
*studio studio studion studior
*sambo sambo sambon sambor
*snö snö snön
*sjö sjö sjön sjöar sjöarna
*knä knä knät knän knäna
*år år års året årets åren årens
*huvud huvud huvudet huvudets huvuden huvudens huvudena
*hand händer händerna
*fot fot fots foten fotens fötter fötters fötterna fötternas
*rot rot roten rotens rötter rötters rötterna rötternas
*bok bok boks boken bokens böcker böckers böckerna böckernas
*natt natt natts natten nattens nätter nätters nätterna nätternas
*bostad bostad bostads bostaden bostadens bostäder bostäders bostäderna bostädernas
*stad stad stads staden stadens städer städers städerna städernas
*bond bonde bondes bonden bondens bönder bönders bönderna böndernas
*dotter dotter dotters dottern dotterns döttrar döttrars döttrarna döttrarnas
*son son sons sonen sonens söner söners sönerna sönernas
*tand tand tands tanden tandens tänder tänders tänderna tändernas
*land land lands länder länders länderna ländernas
*strand strand stranden stränder stränderna
*brand brand branden bränder bränderna
*ledamot ledamot ledamoten ledamöter ledamöters ledamöterna ledamöternas
mus mus möss mössen
gås gås gäss gässen
gods gods godset
order order orders ordern orderns
*lager lager lagers lagret lagrets lagren lagrens
hård hård hårt hårda hårdare hårdast
*värd värd värt värda
sann sann sant sanna
bitter bitter bittert bittra
*anmäl anmäla anmäler anmäls anmälde anmält anmäld anmälda anmälan
*betal betald betalda betalt betalts
enhet enhet enheten enheter enheterna enhetens enheternas
sund sund sunt sunda
tät tät tätt täta tätare tätast
byrå byrå byrån byråer byråerna byråns
*morot morot moroten morötter morötterna
oro oro oron
+åk åka åker åks åkte åktes åkt
+äg äga äger ägs ägas ägde ägt ägts
sen sen sent sena senare senast senaste
ren ren rent rena renare
ond ond ont onda
särskil särskild särskilt särskilda
enskil enskild enskilt enskilda
gat gata gatan gatans gator gatorna
vux vuxen vuxet vuxna vuxnas
krist kristen kristet kristna kristnas
tvung tvungen tvunget tvungna
*medvet medveten medvetet medvetna
besvik besviken besviket besvikna
nyfik nyfiken nyfiket nyfikna
ledsen ledsen ledset ledsna
välkom välkommen välkommet välkomna
*nivå nivå nivån nivåer nivåerna nivåns
*ide ide iden ideer ideerna
*konto konto kontot konton kontona
*foto foto fotot foton fotona
*intervju intervju intervjun intervjuer intervjuerna
bro bro bron broar broarna
sko sko skon skor skorna
fru fru frun fruar
himmel himmel himlen himlar
*självklar självklar självklart självklara
*uppenbar uppenbar uppenbart uppenbara
*bero bero beror berodde berott
anländ anlända anländer anlände anlänt
påminn påminna påminner påminde påmint påmind
bränn bränna bränner brände bränt bränd brända
*segr seger segern segers segrar segrarna segra segrade segrat
filter filter filtret filtren filters
*papper papper pappers papperet pappret papperen pappren
*kvarter kvarter kvarters kvarteret kvarteren kvarterens
socken socken socknen socknens socknar socknarna
fastan fastan fastans
modern modern modernt moderna modernare modernast
varan varan varans
ny ny nytt nya nyare nyast nyaste nye
*fri fri fritt fria friare friast friaste
blå blå blått blåa blåare
grå grå grått gråa gråare
*god god gott goda gode godas
bra bra bättre bäst bästa
röd röd rött röda
bred bred brett breda bredare bredast
vid vid vidare vitt
*stor stor stort stora store större störst största störste
liten liten litet lilla lille små mindre minst minsta
ung ung ungt unga unge ungas yngre yngst yngsta
*gammal gammal gammalt gamla gamle gamlas
äldre äldre äldres
hög hög högt höga högre högst högsta
låg låg lågt låga lägre lägst lägsta
lång lång långt långa länge längre längst längsta
tung tung tungt tunga tyngre tyngst
dålig dålig dåligt dåliga sämre sämst sämsta
grov grov grovt grova grövre grövst
närmar nära närmare närmast närmaste
hel hel helt hela hele
full full fullt fulla
egen egen eget egna
sådan sådan sådant sådana
sån sån sånt såna
"""

_PARTICLES = re.compile(
    r"(?:an|av|be|bi|bort|del|efter|emot|ent|er|fast|fram|full|för|före|förbi|genom|god|hem|hop|iakt|igen|ihop|in|inne|kring"
    r"|kvar|loss|med|miss|mot|ned|neder|ner|om|på|samman|sön|till|tillbaka|und|under|upp|uppe|ur|ut|ute|vid|vidare|väl|å|o"
    r"|åter|över)+"
)
_SHORTEST_BEFORE = 3

_exactly: dict[str, str] = {}
_after_particle: dict[str, str] = {}
_after_anything: dict[str, str] = {}
for _line in _LINES.split("\n"):
    if not _line:
        continue
    _stem, *_forms = _line.lstrip("+*").split()
    for _form in _forms:
        _exactly.setdefault(_form, _stem)
        if _line[0] in "+*":
            _after_particle.setdefault(_form, _stem)
        if _line[0] == "*":
            _after_anything.setdefault(_form, _stem)


# How long the forms are that end in three letters, or are two, longest first: only so long ends are looked up.
_sizes: dict[str, list[int]] = {}
for _form in sorted(_after_particle, key=len, reverse=True):
    if len(_form) not in _sizes.setdefault(_form[-3:], []):
        _sizes[_form[-3:]].append(len(_form))


def irregular(word: str) -> str | None:
    """Return the stem of a word in lower case that is such a form or ends in one; None for all others."""
    if found := _exactly.get(word):
        return found
    for size in (*_sizes.get(word[-3:], ()), *_sizes.get(word[-2:], ())):
        form = word[-size:]
        if len(word) > size and (found := _after_particle.get(form)):
            before = word[:-size]
            if (len(before) >= _SHORTEST_BEFORE and form in _after_anything) or _PARTICLES.fullmatch(before):
                return before + found
    return None
