import { describe, expect, it } from 'vitest';
import { binanceMarketOf, parseBinanceAggregateTrade, parseBinanceTrade } from './binance-csv.ts';
import { parseFreqtradeTrade } from './freqtrade-json.ts';
import { genericParser, readHeader } from './generic-csv.ts';
import { parseKrakenTrade } from './kraken-csv.ts';

const MS = 1_735_689_600_123;

describe('[T3] Binance public data', () => {
  const spot = '4359870001,94000.01000000,0.00500000,470.00,1735689600123,True,True';
  const futures = '5266583935,61800.30,0.006,370.8018,1735689600123,false';

  it('reads trades of spot and futures; a buyer who is the maker was sold to', () => {
    expect(parseBinanceTrade(spot)).toEqual({
      ...{ id: '4359870001', price: 94_000.01, size: 0.005, side: 'sell', eventTime: MS },
      ...{ receivedTime: null, instrumentId: null },
    });
    expect(parseBinanceTrade(futures)).toMatchObject({ id: '5266583935', side: 'buy' });
    expect([binanceMarketOf(spot, 'trades'), binanceMarketOf(futures, 'trades')]).toEqual([
      ...['spot', 'usdm'],
    ]);
  });

  it('reads the microseconds of newer files', () => {
    expect(parseBinanceTrade(spot.replace('0123,', '0123456,'))).toMatchObject({
      eventTime: MS + 0.456,
    });
  });

  it('reads aggregate trades by their own id, with the eighth column of spot and without', () => {
    const line = '3364213801,94000.01,0.5,4359870001,4359870007,1735689600123,true';
    const trade = { id: '3364213801', size: 0.5, side: 'sell', eventTime: MS };
    expect(parseBinanceAggregateTrade(line)).toMatchObject(trade);
    expect(parseBinanceAggregateTrade(`${line},True`)).toMatchObject(trade);
  });

  it('passes over the headers of futures files', () => {
    expect(parseBinanceTrade('id,price,qty,quote_qty,time,is_buyer_maker')).toBeNull();
    const header =
      'agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker';
    expect(parseBinanceAggregateTrade(header)).toBeNull();
  });

  it.each([
    ['1,2,3', 'has 3 columns in place of 6 or 7'],
    ['x,1,1,1,1735689600123,true', 'id "x" is not a number'],
    ['1,NaN,1,1,1735689600123,true', 'price "NaN" is not a number'],
    ['1,-1,1,1,1735689600123,true', 'price is negative'],
    ['1,1,,1,1735689600123,true', 'size "" is not a number'],
    ['1,1,-1,1,1735689600123,true', 'size is negative'],
    ['1,1,0.00,1,1735689600123,true', 'size is zero'],
    ['1,1,1,1,yesterday,true', 'time cannot be read, or is not between 1970 and 2100'],
    ['1,1,1,1,9999999999999,true', 'time cannot be read, or is not between 1970 and 2100'],
    ['1,1,1,1,1735689600123,maybe', 'whether the buyer was the maker is not true or false'],
  ])('[F5] refuses %s', (line, reason) => {
    expect(parseBinanceTrade(line)).toBe(reason);
  });
});

describe('[T3] Kraken time and sales', () => {
  it('reads seconds, price and volume; there is neither side nor id', () => {
    expect(parseKrakenTrade('1672531436,90.540000,1.10448420')).toEqual({
      ...{ id: null, side: null, price: 90.54, size: 1.1044842, eventTime: 1_672_531_436_000 },
      ...{ receivedTime: null, instrumentId: null },
    });
    expect(parseKrakenTrade('1672531436.1234,90.54,1')).toMatchObject({
      eventTime: 1_672_531_436_123.4,
    });
  });

  it('[F5] refuses other shapes', () => {
    expect(parseKrakenTrade('1672531436,90.54')).toBe('has 2 columns in place of 3');
    expect(parseKrakenTrade('1672531436,,1')).toBe('price "" is not a number');
  });
});

describe('[T3] freqtrade', () => {
  it('reads an element', () => {
    const text = '[1570752011620,"13519807",null,"sell",0.00141342,23.0,0.03250866]';
    expect(parseFreqtradeTrade(text)).toMatchObject({
      ...{ id: '13519807', side: 'sell', price: 0.00141342, size: 23 },
      eventTime: 1_570_752_011_620,
    });
    expect(parseFreqtradeTrade('[1570752011620,null,null,null,1e-8,2,3]')).toMatchObject({
      ...{ id: null, side: null, price: 1e-8 },
    });
  });

  it('[F5] refuses what is none', () => {
    expect(parseFreqtradeTrade('[1,2')).toBe('not valid JSON');
    expect(parseFreqtradeTrade('[1,"2",null,"up",1,1]')).toContain('not [time, id');
    expect(parseFreqtradeTrade('{"a":1}')).toContain('not [time, id');
  });
});

describe('[T3] CSV with a header', () => {
  const parserOf = (header: string) => {
    const read = readHeader(header);
    if (!read) throw new Error('no header');
    return genericParser(header, read);
  };

  it.each([
    ['time,price,size,side,id', '1735689600123,10.5,2,buy,a1'],
    ['Trade ID;Timestamp;Side;Price;Amount', 'a1;2025-01-01T00:00:00.123Z;BUY;10.5;2'],
    ['price\tqty\tdate\tis_buyer_maker\ttid', '10.5\t2\t1735689600.123\tfalse\ta1'],
    ['"id","time","volume","price","taker-side"', '"a1","1735689600123000","2","10.5","b"'],
  ])('knows the columns of %s', (header, line) => {
    expect(parserOf(header)(line)).toMatchObject({
      ...{ id: 'a1', price: 10.5, size: 2, side: 'buy', eventTime: MS },
    });
  });

  it('keeps what the file does not tell open', () => {
    const parse = parserOf('time,price,size');
    expect(parse('1735689600123,10.5,2')).toMatchObject({ id: null, side: null });
  });

  it('passes over comments, and over the header when files were joined', () => {
    const parse = parserOf('time,price,size');
    expect([parse('# a remark'), parse('time,price,size')]).toEqual([null, null]);
  });

  it.each([
    ['1735689600123,10.5', 'has 2 columns in place of 4'],
    ['1735689600123,10.5,2,up', 'side is neither buy nor sell'],
    ['1735689600123,"10.5,2,buy', 'its quotes do not match'],
  ])('[F5] refuses %s', (line, reason) => {
    expect(parserOf('time,price,size,side')(line)).toBe(reason);
  });

  it('is no header without time, price and size', () => {
    expect(readHeader('open,high,low,close')).toBeNull();
    expect(readHeader('epoch,symbol,price')).toBeNull();
  });
});
