//! The words, folded: small letters, no accents, `don't` as `don_t`. A `*` ends a stem, `_` stands between the words of a
//! phrase. What customers of companies write, not all that dictionaries have.

pub(super) struct Written {
    /// Small words that tell the language.
    pub marks: &'static str,
    pub great: &'static str,
    pub good: &'static str,
    pub bad: &'static str,
    pub awful: &'static str,
    /// What turns the next words round.
    pub not: &'static str,
    /// What strengthens them.
    pub very: &'static str,
    /// What says nothing although its parts do.
    pub nothing: &'static str,
}

pub(super) const ALL: &[Written] = &[ENGLISH, ITALIAN, SPANISH, PORTUGUESE, FRENCH, GERMAN];

const ENGLISH: Written = Written {
    marks: "the and is are was were you your my it this that what when where with have has for from can could would \
            please hello hi will been am of to i there they how why did does at we if but or just our still get got",
    great: "excellent amazing awesome fantastic wonderful perfect* brilliant outstanding superb love loved loving lovely \
            delighted thrilled best incredible flawless* impress*",
    good: "good great nice thanks thank thx ty cheers happy glad pleased pleasure helpful quick* kind friendly easy smooth* \
           satisf* recommend* appreciat* grateful like liked enjoy* beautiful works worked solved fixed resolved sorted \
           well cool yay fair reliable polite better comfortable no_problem no_worries not_bad all_good my_pleasure",
    bad: "bad poor* slow slowly late delay* broken broke damage* defect* faulty wrong incorrect missing lost problem* issue \
          issues error errors fail* disappoint* unhappy annoy* frustrat* confus* complain* complaint* complicated sad \
          upset worr* unclear difficult unfortunately refund* cancel cancelled stuck waiting waited nobody nothing \
          ignored ignoring ridiculous unacceptable rude expensive overpriced dirty leak* scratch* crack* stain* torn \
          hate dislike worse tired unreliable crash* still_no still_not not_working doesn_t_work don_t_work didn_t_work \
          does_not_work stopped_working never_arrived not_arrived hasn_t_arrived fed_up no_answer no_reply no_response \
          too_long too_late too_much no_one give_up",
    awful: "terrible horrible awful* worst disgust* disgrace* furious angry outrag* scam* fraud* steal* stolen thief thieves \
            useless pathetic garbage rubbish crap shit bullshit fuck* damn lawyer sue lies liar* lying shame* appalling \
            nightmare rip_off ripped_off waste_of_time waste_of_money never_again joke idiot* incompetent",
    not: "not no never without hardly barely don_t doesn_t didn_t isn_t wasn_t aren_t can_t cannot couldn_t won_t wouldn_t \
          neither nor haven_t hasn_t ain_t nobody_is",
    very: "very really so extremely absolutely totally completely super incredibly highly truly too",
    nothing: "good_morning good_afternoon good_evening good_day good_night would_like i_d_like i_like_to looks_like feel_like \
              how_late as_well well_then best_regards kind_regards best_wishes how_long_waiting thank_you_in_advance \
              thanks_in_advance what_kind any_kind kind_of like_to like_this like_that waiting_for_your like_the_one",
};

const ITALIAN: Written = Written {
    marks: "il lo gli di che e un una per con non sono ho hai ha abbiamo mi ti ci vi del della dei delle nel nella al alla \
            questo questa come quando dove perche anche vorrei buongiorno buonasera salve ciao grazie cosa piu ma io",
    great: "ottim* eccellent* fantastic* meraviglios* perfett* splendid* stupend* bellissim* bravissim* adoro amo incredibil* \
            straordinari* eccezional* gentilissim* velocissim* impeccabil* favolos* complimenti",
    good: "buon buono buona buoni buone bello bella belli belle bene bravo brava bravi brave grazie content* felic* gentil* \
           cortes* disponibil* utile utili veloce veloci rapid* facil* comod* soddisfatt* piace piaciuto piaciuta risolto \
           risolta funziona arrivato arrivata puntual* affidabil* apprezz* consigli* ringrazi* meglio volentieri evviva \
           simpatic* professional* tutto_bene va_bene tutto_a_posto nessun_problema niente_male non_male tutto_ok",
    bad: "male cattiv* brutt* scars* lent* ritard* rott* dannegg* difett* sbagliat* errat* mancant* manca mancano perso persa \
          problem* errore errori guast* delus* delud* triste arrabbiat* frustr* confus* lament* reclam* complicat* \
          preoccupat* purtroppo rimbors* annull* disdett* disdire bloccat* aspett* attes* nessuno ignor* inaccettabil* \
          scortes* maleducat* caro cara cari sporc* perde graffi* crep* macchi* strappat* odio peggio stanc* inaffidabil* \
          stuf* difficil* disagi* non_funziona non_va non_arriva non_e_arrivato non_e_arrivata non_ho_ricevuto \
          mai_arrivato ancora_niente ancora_nulla nessuna_risposta nessuno_risponde troppo_tempo non_capisco",
    awful: "pessim* orribil* terribil* schifo schifos* disastr* vergogn* furios* truff* ladr* rubat* inutil* patetic* \
            spazzatura merda cazzo avvocat* denunci* bugiard* scandal* incubo ridicol* assurd* mai_piu perdita_di_tempo \
            presa_in_giro presi_in_giro incompetent* vaffanculo",
    not: "non no mai senza ne nemmeno neanche mica nessun nessuna",
    very: "molto molta molti tanto tantissimo davvero veramente troppo estremamente assolutamente proprio super",
    nothing: "buon_giorno buona_sera buona_giornata buona_serata buona_notte buon_pomeriggio buon_lavoro cari_saluti \
              caro_saluto cari_tutti in_attesa resto_in_attesa grazie_in_anticipo grazie_mille_in_anticipo per_bene bene_allora \
              a_disposizione",
};

const SPANISH: Written = Written {
    marks: "el los las que es un una por para con mi tu su del al lo le se y pero como cuando donde este esta estoy hola \
            quiero tengo buenos buenas gracias muy mas yo usted ustedes hay",
    great: "excelent* increible* fantastic* maravillos* perfect* genial* estupend* espectacular* encant* amo mejor_servicio \
            buenisim* extraordinari* impecable*",
    good: "buen bueno buena buenos buenas bien gracias feliz felices content* amable* util utiles rapid* facil* comod* \
           satisfech* gusta gusto gustado solucionad* resuelt* funciona llego puntual* fiable* agradec* agradezco recomiend* \
           mejor bonit* lind* chevere simpatic* profesional* todo_bien esta_bien sin_problema sin_problemas de_nada",
    bad: "mal mala malo malos malas lent* tarde retras* demor* roto rota rotos rotas danad* defectuos* equivocad* incorrect* falta faltan \
          perdid* problema problemas error errores fall* decepcion* triste enojad* enfadad* molest* frustrad* confus* queja \
          quejas reclam* complicad* preocupad* lamentablemente reembols* cancel* esperando espero_respuesta nadie ignor* \
          inaceptable* groser* caro cara sucio sucia rayad* manch* odio peor cansad* dificil* averi* \
          no_funciona no_sirve no_llega no_ha_llegado no_llego no_he_recibido nunca_llego sin_respuesta nadie_responde \
          todavia_nada aun_nada demasiado_tiempo no_entiendo",
    awful: "pesim* horrible* terrible* asco asqueros* desastr* verguenza vergonzos* furios* estaf* ladron* robo robaron robado \
            inutil* basura mierda joder abogad* denunci* mentir* pesadilla ridicul* nunca_mas perdida_de_tiempo \
            tomadura_de_pelo incompetent* puta",
    not: "no nunca jamas sin ni tampoco ningun ninguna",
    very: "muy mucho mucha muchas muchos realmente demasiado extremadamente totalmente super tan",
    nothing: "buenos_dias buenas_tardes buenas_noches buen_dia mas_tarde gracias_de_antemano por_favor a_la_espera bien_y_tu \
              me_gustaria mas_o_menos",
};

const PORTUGUESE: Written = Written {
    marks: "o os um uma que e em para com nao meu minha seu sua do da dos das ao mas como quando onde este esta estou \
            ola oi quero tenho bom boa obrigado obrigada muito mais eu voce voces tem foi",
    great: "excelente* incrivel incriveis fantastic* maravilhos* perfeit* otim* sensacional* amei adorei adoro amo \
            espetacular* impecavel maravilha",
    good: "bom boa bons boas bem obrigad* feliz felizes content* gentil gentis atencios* util uteis rapid* facil faceis \
           satisfeit* gostei gosto resolvid* resolveu funciona funcionou chegou pontual* confiavel agradec* recomend* melhor \
           bonit* lind* legal simpatic* profissional* valeu tudo_bem tudo_certo sem_problema sem_problemas de_nada",
    bad: "mal mau ma maus mas_condicoes ruim ruins lent* tarde atras* demor* quebrad* danificad* defeit* errad* incorret* falta \
          faltam faltando perdid* problema problemas erro erros falha falhou decepcion* desapont* triste chatead* irritad* \
          frustrad* confus* reclam* complicad* preocupad* infelizmente reembols* cancel* esperando ninguem ignor* inaceitavel \
          grosseir* caro cara sujo suja sujos sujas riscad* manchad* odeio pior cansad* dificil avaria* \
          nao_funciona nao_chegou nao_chega nao_recebi nunca_chegou sem_resposta ninguem_responde ate_agora_nada \
          muito_tempo nao_entendo",
    awful: "pessim* horrivel horriveis terrivel terriveis nojo nojent* desastr* vergonh* furios* golpe golpistas ladr* roubo \
            roubad* roubaram inutil lixo merda porra advogad* processar mentir* pesadelo ridicul* absurd* nunca_mais \
            perda_de_tempo incompetent* palhacada fraude",
    not: "nao nunca jamais sem nem nenhum nenhuma tampouco",
    very: "muito muita muitos muitas realmente demais extremamente totalmente super tao",
    nothing: "bom_dia boa_tarde boa_noite mais_tarde desde_ja_agradeco tudo_bem_com_voce por_favor aguardo_retorno gostaria \
              mais_ou_menos",
};

const FRENCH: Written = Written {
    marks: "le les un une des est et pour avec ne pas mon ma mes votre vos du au aux ce cette je vous nous il elle mais comme \
            quand ou bonjour bonsoir salut merci voudrais suis avez ai sont sur dans c qu",
    great: "excellent* incroyable* fantastique* merveilleu* parfait* genial* superbe* magnifique* adore impeccable* formidable* \
            exceptionnel* extraordinaire*",
    good: "bon bonne bons bonnes bien merci content* heureu* ravi ravie gentil* aimable* utile* rapide* facile* satisfait* aime \
           plait resolu* regle marche fonctionne ponctuel* fiable* appreci* remerci* recommand* mieux beau belle joli* sympa* \
           professionnel* super top tout_va_bien pas_de_probleme pas_de_souci pas_mal ca_marche avec_plaisir",
    bad: "mal mauvais* lent* tard retard* casse* cassee abime* endommag* defectueu* defaut* faux fausse incorrect* manque* perdu* \
          probleme problemes souci soucis erreur* panne decu* decevant* deception triste* fache* enerve* frustr* confus* plainte \
          plaint* reclam* complique* inquiet* malheureusement rembours* annul* attends attente attendu personne ignor* \
          inacceptable* impoli* cher chere sale sales raye* tache* dechire* deteste pire fatigue* difficile* marre \
          ne_fonctionne_pas ne_marche_pas fonctionne_pas marche_pas pas_recu jamais_recu pas_arrive toujours_pas \
          aucune_reponse pas_de_reponse personne_ne_repond toujours_rien trop_long trop_tard comprends_pas",
    awful: "horrible* terrible* affreu* degout* catastroph* honte* scandal* furieu* arnaque* escroc* voleur* vole volee inutile* nul \
            nulle nuls poubelle merde putain avocat* plainte_contre mensonge* menteu* cauchemar* ridicule* plus_jamais \
            perte_de_temps incompetent* foutage_de_gueule",
    not: "ne pas non jamais sans ni aucun aucune plus_de",
    very: "tres vraiment trop extremement tellement absolument totalement si super_super",
    nothing: "bonne_journee bonne_soiree bonne_nuit bon_apres_midi bien_a_vous merci_d_avance plus_tard s_il_vous_plait \
              s_il_te_plait bien_cordialement dans_l_attente en_attente ou_bien bien_sur en_personne une_personne",
};

const GERMAN: Written = Written {
    marks: "der die das und ist ich sie wir ihr ein eine einen nicht mit fur von zu auf im am den dem des mein meine ihre hallo \
            bitte danke habe haben hat war wird wurde wann wo wie warum auch aber noch guten kann konnen",
    great: "ausgezeichnet* fantastisch* wunderbar* perfekt* hervorragend* grossartig* toll* spitze liebe ich_liebe begeister* \
            unglaublich_gut super_service klasse erstklassig*",
    good: "gut gute guter gutes guten danke dank vielen_dank froh glucklich* freundlich* nett* hilfreich* schnell* einfach_toll \
           zufrieden* gefallt gefallen gelost geklappt funktioniert angekommen punktlich* zuverlassig* empfehl* besser schon \
           schone schones prima super freue freut sympathisch* kompetent* kein_problem alles_gut nicht_schlecht in_ordnung \
           gern_geschehen hat_geklappt",
    bad: "schlecht* langsam* spat verspat* verzoger* kaputt* beschadig* defekt* falsch* fehl* verloren problem probleme fehler \
          enttausch* traurig argerlich* arger* frustr* verwirr* beschwer* kompliziert* leider ruckerstatt* stornier* kundig* warte \
          gewartet wartezeit niemand ignorier* inakzeptabel* unhoflich* teuer* schmutzig* undicht* kratzer* riss fleck* zerrissen \
          hasse schlimm* schlechter mude schwierig* reklam* mangel* mangelhaft* unzufrieden* unzuverlassig* genervt nerv* \
          funktioniert_nicht geht_nicht nicht_angekommen noch_nicht_da nie_angekommen nicht_erhalten keine_antwort \
          niemand_antwortet immer_noch_nicht immer_noch_nichts zu_lange zu_spat verstehe_nicht",
    awful: "furchtbar* schrecklich* entsetzlich* katastroph* grauenhaft* ekelhaft* unverschamt* wutend betrug* betruger* gestohlen dieb* \
            nutzlos* lacherlich* mull scheiss* verdammt anwalt* anzeige luge* lugner* skandal* alptraum albtraum frechheit \
            zeitverschwendung nie_wieder unfassbar* abzocke sauerei unmoglich* inkompetent*",
    not: "nicht nie niemals ohne kein keine keinen keiner keinerlei weder",
    very: "sehr wirklich total extrem absolut vollig besonders richtig echt zu so",
    nothing: "guten_tag guten_morgen guten_abend gute_nacht schonen_tag schones_wochenende schonen_abend liebe_grusse \
              liebes_team lieber_herr liebe_frau danke_im_voraus vielen_dank_im_voraus schon_mal so_schnell_wie_moglich \
              wie_spat wie_schnell zu_hause spater",
};

pub(super) const GLAD: &str = "😀😃😄😁😆😊🙂😍🥰😘🤩😎👍👏🙏❤💕💖💗💙💚💛🧡💜🎉🥳😇🤗👌💪🌟⭐✨😂🤣😉😋🙌💯✅";
pub(super) const SAD: &str = "😡😠🤬😤😢😭😞😔😟🙁☹😩😫😣😖😒🙄👎💔🤮🤢😱😰😨😕😾💩🤦";
pub(super) const SMILES: &[&str] = &[":)", ":-)", ":D", ":-D", ";)", ";-)", "<3", "=)", "^^", "xD"];
pub(super) const FROWNS: &[&str] = &[":(", ":-(", ":'(", ":/", ":-/", ">:(", "D:", "=("];
