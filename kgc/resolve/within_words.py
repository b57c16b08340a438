"""Words that tell who is meant inside one document: titles, given names by gender, nouns for kinds of bodies."""

from __future__ import annotations

from typing import Final

from kgc.resolve.records import Kind


def words_of(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


MALE_TITLES: Final = words_of(
    "mr mister sir lord king prince herr monsieur m senor señor signor don count baron father "
    "brother uncle grandfather grandpa pope friar emperor squire master messrs lad"
)
FEMALE_TITLES: Final = words_of(
    "mrs ms miss mme mlle madam madame mademoiselle lady dame queen princess frau fraulein senora señora senorita "
    "signora donna countess duchess baroness marchioness mother sister aunt auntie grandmother grandma empress mistress"
)
OTHER_TITLES: Final = words_of(
    "dr doctor prof professor president senator sen representative rep congressman congresswoman judge justice general "
    "gen colonel col captain capt major maj lieutenant lt sergeant sgt corporal private admiral commander cmdr officer "
    "detective inspector constable sheriff chief rev reverend rabbi imam sheikh saint st bishop archbishop cardinal "
    "parson deacon vicar ceo chairman chairwoman chair minister secretary chancellor governor gov mayor ambassador "
    "director coach attorney counsel speaker premier comrade cousin nurse hon honorable ex former late vice prime "
    "deputy poor dear dearest old young little honest"
)
TITLES: Final = {
    **dict.fromkeys(OTHER_TITLES, ""), **dict.fromkeys(MALE_TITLES, "m"), **dict.fromkeys(FEMALE_TITLES, "f"),
    "congressman": "m", "congresswoman": "f", "chairman": "m", "chairwoman": "f",
}  # fmt: skip
"""Title before a person's name -> the gender it tells, or nothing."""
WITH_GIVEN: Final = words_of(
    "sir lord lady dame king queen prince princess pope saint st father brother sister mother aunt auntie uncle cousin "
    "grandfather grandpa grandmother grandma miss master don donna emperor empress poor dear dearest old young little "
    "honest nurse friar"
)
"""Titles that stand before a given name as well."""
COURTESY: Final = words_of("mr mister mrs ms miss mme mlle madam madame monsieur m herr frau sir messrs")
POSTNOMINALS: Final = words_of("phd ph md esq obe mbe cbe kc qc frs rn dds jd mp mba llb bsc msc ma ba")
MALE: Final = words_of(
    "aaron abraham adam adrian al alan albert alec alex alexander alfred allan allen alvin amos andre andreas andrew "
    "angelo anthony antoine anton antonio archibald arnold arthur august augustus barack barry bartholomew ben "
    "benedict benjamin bernard bert bill billy bob bobby boris brad bradley brendan brett brian bruce bryan byron "
    "caleb calvin carl carlos cedric cesar charles charlie chester chris christian christopher chuck clarence clark "
    "claude clement clifford clint clive colin conrad craig curtis cyril dale damon dan daniel danny darren dave david "
    "dean dennis derek desmond dick diego dmitri dominic don donald douglas duncan dustin dwight earl ed eddie edgar "
    "edmund eduardo edward edwin eli elias elijah eliot elliot elliott elmer emil emmanuel enrique eric erik ernest "
    "ernst erwin ethan eugene evan ezra felix fernando floyd francesco francis francisco francois frank franklin franz "
    "fred freddie frederick friedrich fritz gabriel gareth gary gavin gene geoffrey george gerald gerard gerhard "
    "gilbert giles giovanni giuseppe glenn gordon graham grant greg gregory guillermo gus gustav guy hans harold harry "
    "harvey hector heinrich henri henrik henry herbert herman homer horace howard hubert hugh hugo humphrey ian igor "
    "isaac ivan jack jackson jacob jacques jake james jamie jan jared jason javier jay jean jeff jeffrey jeremiah "
    "jeremy jerome jerry jesse jesus jim jimmy joachim joaquin joe joel joey johan johann johannes john johnny jon "
    "jonah jonas jonathan jorge jose joseph josh joshua josiah juan julian julio julius jurgen justin karl keith "
    "kenneth kenny kevin kurt kyle lance larry lars laurence lawrence lee leo leon leonard leopold leroy leslie lester "
    "lewis liam lionel lloyd logan lorenzo lou louis luca lucas ludwig luigi luis luke luther malcolm manuel marc "
    "marcel marco marcus mario mark marshall martin marvin mason mathew matt matthew maurice max maximilian melvin "
    "michael michel miguel mike mikhail miles milton mitchell mohamed mohammed morris moses muhammad murray nathan "
    "nathaniel neal ned neil nelson nicholas nick nicolas nigel nikolai noah noel norman oliver omar orlando oscar "
    "oswald otto owen pablo paolo pascal patrick paul pedro percy perry pete peter phil philip philippe phillip pierre "
    "preston rafael ralph ramon randall randolph randy raul ray raymond reginald rene ricardo richard rick robert "
    "roberto robin rod roderick rodney rodrigo roger roland rolf roman romeo ron ronald rory ross roy ruben rudolf "
    "rufus rupert russell ryan salvador sam samuel santiago scott sean sebastian serge sergei seth shane sheldon "
    "sidney sigmund silas simon solomon spencer stanley stefan stephen sterling steve steven stewart stuart sven "
    "sylvester ted terence terrence terry theodore thomas tim timothy tobias todd tom tommy tony trevor tristan tyler "
    "ulrich vaughn vernon victor vincent vladimir wallace walter warren wayne werner wesley wilbur wilfred wilhelm "
    "will willard willem william willie winston wolfgang woodrow xavier yuri zachary magnus olaf lars nils anders "
    "torsten knut haakon harald sveinn ole rasmus soren jens jorn bjorn erlend sigurd rahul arjun amit raj ravi sanjay "
    "vikram ahmed ali hassan hussein ibrahim khalid mustafa yusuf hiroshi kenji takashi ichiro"
)
FEMALE: Final = words_of(
    "abigail ada adelaide adele adriana agatha agnes aisha alberta alexandra alexis alice alicia alison allison alma "
    "amanda amber amelia amy ana anastasia andrea angela angelica angelina anita ann anna annabel anne annette annie "
    "antonia april ariana arlene ashley astrid aubrey audrey ava barbara beatrice beatrix becky bella bernadette "
    "bernice bertha bess beth betsey betsy betty beverly blanche bonnie brenda bridget brigitte brittany camila "
    "camilla candace carla carmen carol carole caroline carolyn carrie cassandra catherine cathy cecilia celeste celia "
    "charlotte chelsea cheryl chloe christina christine cindy claire clara clarissa claudia clementine colleen "
    "constance consuelo cora cordelia cornelia courtney cynthia daisy dana daniela danielle daphne dawn deborah debra "
    "deirdre della denise diana diane dolores donna dora doris dorothea dorothy edith edna eileen elaine eleanor elena "
    "elinor elisa elisabeth eliza elizabeth ella ellen ellie eloise elsa elsie elvira emilia emily emma erica erika "
    "erin esmeralda estelle esther ethel eugenia eunice eva eve evelina evelyn faith fanny fatima felicia felicity "
    "fiona flora florence frances francesca freda frida gabriela gail genevieve georgia georgiana georgina geraldine "
    "gertrude gillian gina ginny giulia gladys glenda gloria grace greta gretchen gwen gwendolyn hannah harriet hazel "
    "heather heidi helen helena helga henrietta hermione hilary hilda hillary holly hope ida imogen ingrid irene iris "
    "irma isabel isabella isabelle isadora ivy jackie jacqueline jane janet janice jasmine jeanette jeanne jemima "
    "jennifer jenny jessica jill jo joan joanna joanne jocelyn josephine joy joyce juanita judith judy julia juliana "
    "julie juliet june karen karin karla kate katharine katherine kathleen kathryn kathy katie katrina kay kayla kelly "
    "kimberly kirsten kristen kristin kristina lara laura lauren lavinia leah leila lena leona leonora leticia lilian "
    "lillian lily linda lisa lizzie lois lola loretta lorna lorraine louisa louise lucia lucille lucinda lucretia lucy "
    "luisa luna lydia lynn mabel mabel madeleine madeline madge mae magdalena maggie malala mamie marcia margaret "
    "margarita margery margot maria mariah marian mariana marianne marie marilyn marina marion marjorie marla marlene "
    "marsha marta martha martina mary mathilda matilda maud maude maureen maxine maya megan meghan melanie melinda "
    "melissa mercedes meredith mia michaela michelle mildred millicent milly minnie miranda miriam moira mollie molly "
    "mona monica monique muriel myra myrtle nadia nancy naomi natalia natalie natasha nellie nicole nina nora norma "
    "octavia olga olive olivia opal ophelia paige pamela patience patricia patsy paula pauline pearl peggy penelope "
    "petra philippa phoebe phyllis polly portia priscilla prudence rachel ramona rebecca regina renee rhoda rhonda "
    "rita roberta rosa rosalie rosalind rosamond rose rosemary rowena roxanne ruby ruth sabrina sally samantha sandra "
    "sara sarah selena selma serena shannon sharon sheila shelley sherry shirley sibyl sigrid silvia simone sofia "
    "sonia sophia sophie stella stephanie sue susan susanna susannah susie suzanne svetlana sybil sylvia tabitha "
    "tamara tania tanya tara tatiana teresa tess tessa theodora theresa tiffany tina tracy trudy ursula "
    "valentina valerie vanessa vera veronica victoria viola violet virginia vivian vivien wanda wendy whitney "
    "wilhelmina willa winifred yolanda yvette yvonne zelda zoe ingeborg solveig kari liv priya anjali indira sunita "
    "fatma leyla noor yoko akiko keiko michiko"
)
COMPANY_NOUNS: Final = words_of("company firm corporation group manufacturer business startup start-up employer "
                                "producer supplier maker retailer operator developer")  # fmt: skip
HEADS: Final[dict[str, Kind]] = {
    **dict.fromkeys(
        words_of("university college school institute academy hospital museum library bank airline church court "
                 "committee commission council ministry department agency bureau authority board foundation "
                 "association society union party federation league organization organisation club team orchestra "
                 "band army navy tribunal parliament senate congress assembly government administration fund trust "
                 "laboratory observatory conference company corporation partnership"), "organization"),
    **dict.fromkeys(
        words_of("city town village county state province district river lake island mountain valley bay peninsula "
                 "desert forest park castle palace cathedral bridge airport station kingdom republic strait canal "
                 "street abbey tower stadium theatre theater hotel"), "place"),
    **dict.fromkeys(
        words_of("act treaty convention agreement protocol award prize war battle festival olympics championship "
                 "tournament constitution amendment"), "thing"),
}  # fmt: skip
"""Noun that a name has as its head -> the kind of thing it is."""
ALIKE: Final = (
    words_of("us usa united-states united-states-of-america"),
    words_of("uk united-kingdom great-britain britain united-kingdom-of-great-britain-and-northern-ireland"),
    words_of("uae united-arab-emirates"), words_of("eu european-union"), words_of("un united-nations uno"),
    words_of("ussr soviet-union"), words_of("prc china peoples-republic-of-china"), words_of("la los-angeles"),
    words_of("nyc new-york-city"), words_of("dc washington-dc district-of-columbia"),
)  # fmt: skip
"""Places and bodies that go by names which no rule makes of each other (folded, words joined by hyphens)."""
