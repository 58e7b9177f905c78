import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.compound.DictionaryCompoundWordTokenFilter;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.miscellaneous.StemmerOverrideFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.synonym.SolrSynonymParser;
import org.apache.lucene.analysis.synonym.SynonymGraphFilter;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;
import org.tartarus.snowball.ext.SwedishStemmer;

/**
 * Ask Lucene what an OpenSearch with the exported index would be asked: the filters of index.json, made by the same classes that
 * OpenSearch makes them by, and the query of fragor/ord.json. Lines of tab-separated values in and out: see ../lucene.py.
 */
public class Ask {
  static final List<Integer> DROPPED = new ArrayList<>();

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    boolean builtIn = arguments[1].equals("swedish");
    List<String[]> fields = rows(folder, "fields.tsv");
    Analyzer stems = chain(stream -> stream);
    Analyzer asked = chain(synonyms(lines(folder, "same.txt"), stems));
    Analyzer wider = chain(synonyms(lines(folder, "wider.txt"), stems));
    Analyzer parts = chain(parts(folder));
    Analyzer plain = new SwedishAnalyzer();

    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    PerFieldAnalyzerWrapper indexing = new PerFieldAnalyzerWrapper(builtIn ? plain : stems, partsOf(fields, parts));
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(indexing))) {
      for (String[] row : rows(folder, "documents.tsv")) {
        Document document = new Document();
        document.add(new StoredField("id", row[0]));
        for (int place = 0; place < fields.size(); place++) {
          document.add(new TextField(fields.get(place)[0], row[place + 1], Field.Store.NO));
          document.add(new TextField(fields.get(place)[0] + ".delar", row[place + 1], Field.Store.NO));
        }
        writer.addDocument(document);
      }
    }
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
    StringBuilder told = new StringBuilder();
    for (String question : lines(folder, "questions.txt")) {
      BooleanQuery.Builder query = new BooleanQuery.Builder();
      BooleanQuery.Builder words = new BooleanQuery.Builder();
      for (String[] field : fields) {
        float boost = Float.parseFloat(field[1]);
        add(words, builtIn ? plain : asked, field[0], question, boost);
        if (!builtIn) {
          add(words, parts, field[0] + ".delar", question, boost * Float.parseFloat(field[2]));
          add(words, wider, field[0], question, boost * Float.parseFloat(field[3]));
        }
      }
      query.add(words.build(), Occur.MUST);
      Query near = new QueryBuilder(builtIn ? plain : stems).createPhraseQuery("text", question, 8);
      if (near != null) query.add(near, Occur.SHOULD);
      List<String> found = new ArrayList<>();
      for (ScoreDoc hit : searcher.search(query.build(), 10).scoreDocs) found.add(searcher.doc(hit.doc).get("id"));
      told.append(String.join("\t", found)).append('\n');
    }
    Files.writeString(folder.resolve("rankings.tsv"), told);
    System.err.println(DROPPED.size() + " rules were dropped");
  }

  static void add(BooleanQuery.Builder query, Analyzer analyzer, String field, String question, float boost) {
    Query part = new QueryBuilder(analyzer).createBooleanQuery(field, question);
    if (part != null) query.add(new BoostQuery(part, boost), Occur.SHOULD);
  }

  static java.util.Map<String, Analyzer> partsOf(List<String[]> fields, Analyzer parts) {
    java.util.Map<String, Analyzer> found = new java.util.HashMap<>();
    for (String[] field : fields) found.put(field[0] + ".delar", parts);
    return found;
  }

  /** Standard tokenizer, lower case, Swedish stems, and what comes after. */
  static Analyzer chain(UnaryOperator<TokenStream> after) {
    return new Analyzer() {
      @Override
      protected TokenStreamComponents createComponents(String field) {
        StandardTokenizer source = new StandardTokenizer();
        return new TokenStreamComponents(
            source, after.apply(new SnowballFilter(new LowerCaseFilter(source), new SwedishStemmer())));
      }
    };
  }

  static UnaryOperator<TokenStream> synonyms(List<String> rules, Analyzer stems) throws Exception {
    // Lenient, as index.json says: a rule that the analysis leaves nothing of is passed over.
    List<String> good = new ArrayList<>();
    for (String rule : rules) {
      try {
        parsed(List.of(rule), stems);
        good.add(rule);
      } catch (java.text.ParseException error) {
        DROPPED.add(1);
      }
    }
    SynonymMap map = parsed(good, stems);
    return stream -> new SynonymGraphFilter(stream, map, false);
  }

  static SynonymMap parsed(List<String> rules, Analyzer stems) throws Exception {
    SolrSynonymParser parser = new SolrSynonymParser(true, true, stems);
    parser.parse(new StringReader(String.join("\n", rules)));
    return parser.build();
  }

  static UnaryOperator<TokenStream> parts(Path folder) throws IOException {
    CharArraySet known = new CharArraySet(lines(folder, "parts.txt"), false);
    String[] sizes = rows(folder, "sizes.tsv").get(0);
    StemmerOverrideFilter.Builder rules = new StemmerOverrideFilter.Builder(false);
    for (String rule : lines(folder, "override.txt")) rules.add(rule.split(" => ")[0], rule.split(" => ")[1]);
    StemmerOverrideFilter.StemmerOverrideMap map = rules.build();
    return stream ->
        new RemoveDuplicatesTokenFilter(
            new StemmerOverrideFilter(
                new DictionaryCompoundWordTokenFilter(
                    stream,
                    known,
                    Integer.parseInt(sizes[0]),
                    Integer.parseInt(sizes[1]),
                    Integer.parseInt(sizes[2]),
                    Boolean.parseBoolean(sizes[3])),
                map));
  }

  static List<String> lines(Path folder, String name) throws IOException {
    return Files.readAllLines(folder.resolve(name));
  }

  static List<String[]> rows(Path folder, String name) throws IOException {
    List<String[]> found = new ArrayList<>();
    for (String line : lines(folder, name)) found.add(line.split("\t", -1));
    return found;
  }
}
